/** The page about failures says only what a test shows. */

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const page = readFileSync("docs/guides/failures.md", "utf8");
const sections = [...page.matchAll(/^## F(\d+)\. .+\n\n.+\n\n((?:- .+\n)+)/gm)].map(([, number, tests = ""]) => ({
  number: Number(number),
  tests: [...tests.matchAll(/^- \[.+?\]\(\.\.\/\.\.\/(.+?)\): (.+)$/gm)].map(([, file = "", sentence = ""]) => ({
    file,
    sentence,
  })),
}));

it("The page about failures has all thirty", () => {
  expect(sections.map(({ number }) => number)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
});

it.each(sections)("Failure $number has its tests", ({ tests }) => {
  expect(tests).not.toEqual([]);
  // The contract's cases are tests of every adapter.
  for (const { file, sentence } of tests)
    expect(readFileSync(file, "utf8"), file).toMatch(
      new RegExp(`^ *(?:it|withTrouble)\\b.*${RegExp.escape(sentence)}"`, "m"),
    );
});
