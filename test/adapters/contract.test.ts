/** One contract for every file in `src/adapters/`: whoever adds a network adds a bench for it here, and gets these for nothing. */

import { describe, expect, it } from "vitest";
import { contractCases } from "#contract/cases.ts";
import { adapterNamed, adapters, benches } from "./benches.ts";

it("covers every adapter", () => {
  expect([...adapters.keys()].sort()).toEqual(Object.keys(benches).sort());
});

/** Adapters whose other side can't show all of it: there is no HTTP, or no network at all. */
const partial = ["smtp", "nostr", "outbox", "rss", "webhook", "bluesky"];

describe.each(Object.entries(benches))("The adapter %s", (name, openBench) => {
  it.each(contractCases.map((each) => [each.name, each] as const))("%s", async (_name, { run }) => {
    await using bench = await openBench();
    const outcome = await run(adapterNamed(name), bench);
    if (outcome === "passed") expect(outcome).toBe("passed");
    else expect(partial, outcome.skipped).toContain(name);
  });
});
