/** The plan as a comment on a pull request. */

import type { Diagnostic } from "#core/posts/diagnostic.ts";
import type { PlannedChannel, PlannedPost, PublishPlan } from "#core/publishing/plan.ts";
import { exclusionText } from "./plan-text.ts";

export interface PlanComment {
  /** The options that carrying out this plan needs. */
  channels?: readonly string[] | undefined;
  /** The length of a text by the network's own rule, and its limit. */
  countOf(adapter: string, text: string): Promise<{ count: number; limit: number | null }>;
  /** Posts that can't be read, with the reasons. */
  unreadable: readonly { path: string; diagnostics: readonly Diagnostic[] }[];
  /** The address of pictures of the emails. */
  pictures?: string | undefined;
}

/** Of one text. A comment on GitHub can have 65,536 characters. */
const mostText = 2_000;
const mostInAll = 60_000;

/** The first line is for programs: which plan this is, and how to make it again. */
export async function planMarkdown({ hash, posts }: PublishPlan, comment: PlanComment): Promise<string> {
  const { channels, pictures, unreadable } = comment;
  const about = { hash, posts: posts.map(({ path }) => path), ...(channels && { channels }) };
  const marker = `<!-- postrider-plan ${Buffer.from(JSON.stringify(about)).toString("base64")} -->`;
  const parts = await Promise.all(posts.map((post) => postMarkdown(post, comment)));
  for (const { path, diagnostics } of unreadable)
    parts.push(`### ${code(path)}\n\nThis post can't be read.\n\n${findings(path, diagnostics)}`);
  const last = [
    ...(pictures ? [`[Pictures and files of the preview](${pictures})`] : []),
    posts.length === 0
      ? "No post would be published."
      : `Plan \`${hash}\`. Merging publishes exactly this, or nothing.`,
  ];
  const text = [marker, "## What merging would publish", ...parts, ...last].join("\n\n");
  if (text.length <= mostInAll) return text;
  return `${text.slice(0, mostInAll)}\n\n… The plan is too long for a comment. \`postrider plan\` shows all of it.\n\nPlan \`${hash}\`.`;
}

async function postMarkdown({ title, url, path, status, checks, channels }: PlannedPost, comment: PlanComment) {
  const rows = channels.map((step) => `| ${[step.channel, ...cells(step)].map(cell).join(" | ")} |`);
  const notes = await Promise.all(channels.map((step) => noteMarkdown(step, comment)));
  return [
    `### ${code(title)}`,
    `${code(path)} · ${code(url)}${status === "ready" ? "" : ` · **${status}: it will not be published**`}`,
    ["| channel | to | left out | subject | when |", "| --- | --- | --- | --- | --- |", ...rows].join("\n"),
    ...notes.flat(),
    findings(path, checks),
  ].join("\n\n");
}

function findings(path: string, all: readonly Diagnostic[]): string {
  if (all.length === 0) return "No problems were found.";
  return all
    .map(({ severity, line, code: rule, message }) =>
      [`- ${code(`${path}:${line}`)}`, severity, code(rule), code(message)].join(" "),
    )
    .join("\n");
}

function cells({ action, reason, audience, subject, at, gated, medium }: PlannedChannel): string[] {
  const left = Object.entries(audience.excluded).map(([name, number]) => `${number} ${exclusionText(name)}`);
  if (action === "none") return [reason ? `nobody: ${reason}` : "nobody", "", "", ""];
  const people = audience.recipients === 1 ? "1 reader" : `${audience.recipients} readers`;
  const when = gated ? "when its page is online" : (at ?? (action === "resume" ? "the rest, at once" : "at once"));
  return [medium === "email" ? people : "the public", left.join(", "), subject ?? "", when];
}

async function noteMarkdown({ channel, adapter, action, text }: PlannedChannel, { countOf }: PlanComment) {
  if (text === undefined || action === "none") return [];
  const { count, limit } = await countOf(adapter, text);
  const of = limit === null ? "" : ` of ${limit}`;
  return [`${code(channel)}: ${count}${of} characters`, fenced(text.slice(0, mostText))];
}

/** Texts of a post are shown as they are: no link, no picture and no mention in them has an effect. */
function code(text: string): string {
  const plain = text.replaceAll(/\s+/g, " ").trim();
  if (plain === "") return "";
  const fence = "`".repeat(longestRun(plain) + 1);
  return `${fence} ${plain} ${fence}`;
}

/** In a table, a bar would begin another column, also in code. After a backslash, that of the escape would be escaped itself. */
function cell(text: string): string {
  return code(text).replaceAll("\\|", "\\ |").replaceAll("|", "\\|");
}

function fenced(text: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}text\n${text}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
