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
  "says how much its network takes a minute as a whole number, if it does": [
    ...files,
    ...["smtp", "webhook", "discord", "x", "bluesky", "matrix", "linkedin", "threads", "reddit", "nostr"],
  ],
  "takes a no as final": files,
  "tries again after a failure": files,
  "waits as long as it is told to": [...files, "smtp", "nostr"],
  "does not know what became of what lost its answer": files,
  "does not take a yes that it can't read for a no": [...files, "nostr"],
  "tries again where nobody answers at all": files,
  "breaks off when it is told to, and admits that it may have arrived": files,
  "sends nothing once it has been told to stop": files,
  "tells of wrong credentials when it is checked, and sends nothing by that": [
    ...files,
    ...["smtp", "webhook", "bluesky", "nostr"],
  ],
  "takes back what it has sent, also a second time, if it can": ["smtp", "webhook", "slack", "rss"],
  "edits what it has sent, and says where it is then, if it can": [
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
