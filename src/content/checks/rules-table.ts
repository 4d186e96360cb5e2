/** The rules as a Markdown table, for `check --rules` and the guide. */

import { type Rule, rules } from "../rules.ts";

/** One row for each rule, in the order of the rules. */
export function rulesTable(): string {
  const rows = Object.entries<Rule>(rules).map(
    ([code, { severity, about, fixed }]) => `| \`${code}\` | ${severity} | ${fixed ? "no" : "yes"} | ${about} |`,
  );
  return ["| code | severity | can be switched | what is wrong |", "| --- | --- | --- | --- |", ...rows].join("\n");
}
