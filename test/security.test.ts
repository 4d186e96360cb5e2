/** The page about attackers says only what a test shows. */

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const page = readFileSync("docs/security.md", "utf8");
const rows = page.split("\n").filter((line) => /^\| (?!who|---)/.test(line));
const named = rows.map((row) => ({
  row,
  what: row.split(" | ")[1]?.trim() ?? "",
  who: row.split(" | ")[0]?.slice(2).trim() ?? "",
  tests: [...row.matchAll(/\[[\w/-]+\]\(\.\.\/(test\/[\w/-]+\.test\.ts)\): (.+?)(?=<br>\[|\s*\|$)/g)].map(
    ([, file = "", title = ""]) => ({ file, title }),
  ),
}));

it("The page about attackers names whoever may attack us", () => {
  const attackers = [
    ...["A reader", "A forwarded mail", "A bounce sender", "A relay", "A network", "A webhook caller"],
    ...["A contributor's post", "A local user", "A stolen backup", "A neighbour on the network", "A link scanner"],
  ];
  for (const attacker of attackers)
    expect(
      named.some(({ who }) => who.startsWith(attacker)),
      attacker,
    ).toBe(true);
});

it.each(named)("Each defence has its tests: $who, $what", ({ row, tests }) => {
  expect(tests).not.toEqual([]);
  // None was overlooked because it is written in another way.
  expect(tests).toHaveLength(row.split("](").length - 1);
  for (const { file, title } of tests)
    expect(readFileSync(file, "utf8"), `${file}: ${title}`).toMatch(new RegExp(`\\(\\s*"${RegExp.escape(title)}"`));
});
