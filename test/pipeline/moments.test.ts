/** Channels are one publication only where they go at the same time and wait for the same page. */

import { expect, it } from "vitest";
import type { Transaction } from "#core/ports/transaction.ts";
import type { Channel } from "#core/publishing/publication.ts";
import { moments } from "#pipeline/publishing/moments.ts";

const ready = new Date("2026-01-05T09:00:00Z");
const tx: Transaction = {};
const ledger = { freeDay: () => Promise.reject(new Error("no day has to be looked for")) };

const channel = (name: string, gateSeconds?: number, delayMs = 0): Channel => ({
  ...{ name, adapter: "board", medium: "note", config: {} },
  timing: {
    timezone: "UTC",
    at: (from) => new Date(from.getTime() + delayMs),
    ...(gateSeconds !== undefined && { gateSeconds }),
  },
});

it("Channels with different gates are not grouped, even if they have the same time", async () => {
  const channels = [channel("a"), channel("b", 600), channel("c", 0), channel("d", 600), channel("e", 900)];
  const found = await moments(tx, [...channels, channel("f", 600, 60_000)], ready, ledger);
  expect(found.map(({ at, gateSeconds, channels: group }) => [at, gateSeconds, group.map(({ name }) => name)])).toEqual(
    [
      [ready, 0, ["a", "c"]],
      [ready, 600, ["b", "d"]],
      [ready, 900, ["e"]],
      [new Date("2026-01-05T09:01:00Z"), 600, ["f"]],
    ],
  );
});
