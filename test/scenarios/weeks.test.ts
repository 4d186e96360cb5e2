/** Weeks of publishing, withdrawing, rescheduling and forgetting, by chance: every promise is kept in each of them. */

import { expect, inject, it } from "vitest";
import { weeks } from "../model/weeks.ts";
import { openWorld } from "../model/world.ts";
import { openBackend } from "../support/backends.ts";

/** Always the same weeks: others are lived by `npm run model`. */
const seed = 16;
/** A minute on a quiet machine. */
const patienceMs = 900_000;
const postgres = inject("postgresUrl");
/** Commands take twice as long on the embedded database. */
const shares = postgres ? { embedded: 150, server: 1_000 } : { embedded: 1_000, server: 0 };

async function expectKept(servers: Parameters<typeof openBackend>[0], runs: number): Promise<void> {
  // Without tables: their defaults are to tell the time of the clock that the test turns.
  await using backend = await openBackend({ ...servers, empty: true });
  await using world = await openWorld(backend);
  expect(await weeks(world, { runs, seed })).toBe(null);
}

it("keeps what was promised on the embedded database", () => expectKept({}, shares.embedded), patienceMs);

it.skipIf(!postgres)(
  "keeps what was promised on a PostgreSQL server",
  () => expectKept({ postgres }, shares.server),
  patienceMs,
);
