/** The report of `check`: one row for each post, and how often each rule was broken. */

import { count, plural, type Terminal, table } from "#cli/terminal/terminal.ts";
import type { Severity } from "#core/posts/diagnostic.ts";
import type { CheckedPost } from "#desk/posts/check.ts";

export interface RuleCount {
  code: string;
  severity: Severity;
  findings: number;
  posts: number;
}

/** Errors first, then by number. */
export function countRules(posts: readonly CheckedPost[]): RuleCount[] {
  const counts = new Map<string, RuleCount>();
  for (const { diagnostics } of posts)
    for (const [index, { code, severity }] of diagnostics.entries()) {
      const key = `${severity} ${code}`;
      const known = counts.get(key) ?? { code, severity, findings: 0, posts: 0 };
      known.findings++;
      if (diagnostics.findIndex((each) => each.code === code && each.severity === severity) === index) known.posts++;
      counts.set(key, known);
    }
  return [...counts.values()].sort((one, other) =>
    one.severity === other.severity ? other.findings - one.findings : one.severity === "error" ? -1 : 1,
  );
}

export function rulesSummary(terminal: Terminal, rules: readonly RuleCount[]): string {
  const rows = rules.map(({ code, severity, findings, posts }) => [
    terminal.style(severity === "error" ? "red" : "yellow", severity),
    code,
    count(findings),
    count(posts),
  ]);
  return table(
    terminal,
    [
      { title: "severity" },
      { title: "rule" },
      { title: "findings", align: "right" },
      { title: "posts", align: "right" },
    ],
    rows,
  );
}

/** `3 posts, 1 error, 2 warnings`. */
export function totals(posts: readonly CheckedPost[]): string {
  const all = posts.flatMap(({ diagnostics }) => diagnostics);
  const errors = all.filter(({ severity }) => severity === "error").length;
  return [plural(posts.length, "post"), plural(errors, "error"), plural(all.length - errors, "warning")].join(", ");
}
