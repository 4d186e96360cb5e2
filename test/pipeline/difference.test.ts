/** What a plan shows of an edit: lines that a reader would see, and none of our own marks. */

import { expect, it } from "vitest";
import { planRepublication } from "#pipeline/republishing/republish-plan.ts";
import { addReaders, aPost, openTestApp } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { openBoard } from "../support/board.ts";
import { openProbe } from "../support/probe.ts";

it("shows changed lines of an email and of a note, without personal links", async () => {
  await using backend = await openBackend({});
  await using test = await openTestApp(backend, [openProbe().adapter, openBoard().adapter]);
  await addReaders(test, 1);
  await test.publish();
  await using _workers = await test.app.startWorkers(test.channels, new AbortController().signal);
  await test.settled();
  const post = aPost({ revision: "b".repeat(64), title: "Hello again" });
  const { steps } = await planRepublication({ post, channels: test.channels, mode: "repost" }, test.app.desk);
  const [mail = [], note = []] = steps.map(({ diff }) => diff);
  const changed = (lines: readonly string[]): string[] => lines.filter((line) => !line.startsWith(" "));
  expect(changed(mail).filter((line) => !/^[-+] =+$/.test(line))).toEqual([
    "- Hello",
    "- Hello",
    "+ Hello again",
    "+ Hello again",
  ]);
  expect(mail.join("\n")).not.toMatch(/pr[0-9a-f]{24}/);
  expect(changed(note)).toEqual(["- Hello", "+ Hello again"]);
  expect(note).toContain("  https://example.org/blog/hello/");
});
