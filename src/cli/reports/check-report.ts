/** The report of `check`: one row for each post, and how often each rule was broken. */

import { count, plural, type Terminal, table } from "#cli/terminal/terminal.ts";
import type { Reading } from "#core/posts/content.ts";
import type { Diagnostic, Severity } from "#core/posts/diagnostic.ts";

/** `posts` of `check --json`. */
export interface CheckedPost {
  path: string;
  title: string | null;
  url: string | null;
  publishedAt: string | null;
  summary: string | null;
  /** What a page may name for the gate; `null` for what can't be read. */
  revision: string | null;
  status: string;
  /** Channel -> why its post keeps from it. */
  leftOut: Record<string, string>;
  diagnostics: Diagnostic[];
  /** To pages of the same site. */
  links: { address: string; line: number }[];
}

/** The part of a post that is reported; its body is not kept. */
export function checkedPost(
  { path, post, diagnostics }: Reading,
  { links, leftOut }: Pick<CheckedPost, "links" | "leftOut">,
): CheckedPost {
  return {
    path,
    title: post?.title ?? null,
    url: post?.url ?? null,
    publishedAt: post?.publishedAt ?? null,
    summary: post?.summary.text ?? null,
    revision: post?.revision ?? null,
    status: post?.status ?? "held",
    leftOut,
    diagnostics,
    links,
  };
}

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
