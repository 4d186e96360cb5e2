/** The report of `check`: one row for each post, and how often each rule was broken. */

import { count, plural, type Terminal, table } from "#cli/terminal/terminal.ts";
import type { CheckedPost, RuleCount } from "#desk/posts/check.ts";

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
