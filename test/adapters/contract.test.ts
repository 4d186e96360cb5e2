/** One contract for every file in `src/adapters/`: whoever adds a network adds a bench for it here, and gets these for nothing. */

import { describe, expect, it } from "vitest";
import { contractCases } from "#contract/cases.ts";
import { adapterNamed, adapters, benches } from "./benches.ts";

it("covers every adapter", () => {
  expect([...adapters.keys()].sort()).toEqual(Object.keys(benches).sort());
});

const files = ["outbox", "rss"];

/** Case -> those that don't offer it, or whose other side can't show it: a file, for instance, never loses an answer. */
const skipped: Record<string, string[]> = {
  "if it names a limit per minute, the limit is a whole number": [
    ...files,
    ...["smtp", "webhook", "discord", "x", "bluesky", "matrix", "linkedin", "threads", "reddit", "nostr"],
  ],
  "reports a refusal as permanent": files,
  "reports a failure of the server as temporary": files,
  "waits as long as the server asks for": [...files, "smtp", "nostr"],
  "reports a lost answer as uncertain": files,
  "does not report an unreadable success as a failure": [...files, "nostr"],
  "reports an unreachable server as temporary": files,
  "stops when it is aborted, and reports the delivery as uncertain": files,
  "sends nothing if it was aborted before": files,
  "reports wrong credentials when it is checked, and sends nothing": [
    ...files,
    ...["smtp", "webhook", "bluesky", "nostr"],
  ],
  "if it can retract, it retracts what it sent, also twice": ["smtp", "webhook", "slack", "rss"],
  "if it can edit, it edits what it sent and returns its address": [
    ...["smtp", "webhook", "slack", "x", "threads", "reddit", "nostr"],
  ],
};

it("skips no case that is not in the contract", () => {
  const titles = contractCases.map((each) => each.name);
  expect(Object.keys(skipped).filter((title) => !titles.includes(title))).toEqual([]);
});

describe.each(Object.entries(benches))("The adapter %s", (name, openBench) => {
  it.for(contractCases.map((each) => [each.name, each] as const))("%s", async ([title, { run }], { skip }) => {
    await using bench = await openBench();
    const outcome = await run(adapterNamed(name), bench);
    const isSkipped = skipped[title]?.includes(name) ?? false;
    expect(outcome).toEqual(isSkipped ? { skipped: expect.stringMatching(/\w/) } : "passed");
    if (outcome !== "passed") skip(outcome.skipped);
  });
});
