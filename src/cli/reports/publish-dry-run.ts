/** The table of `publish --dry-run`: what would be sent where and when. `plan` shows all details. */

import { count, type Terminal, table } from "#cli/terminal/terminal.ts";
import type { Post } from "#core/posts/post.ts";
import { type HadElsewhere, hadSentence } from "#core/publishing/had-elsewhere.ts";
import type { Channel } from "#core/publishing/publication.ts";
import { openMoments, readyAt } from "#pipeline/publishing/moments.ts";
import { fateIn, type Known, knownOf, type PlanPorts, type PlanTimes } from "#pipeline/publishing/plan.ts";
import { type Context, exit } from "../context.ts";

type DryRunPorts = Pick<PlanPorts, "ledger" | "leftOut">;

interface Planned extends Pick<Post, "title" | "url" | "revision" | "status"> {
  post: string;
  channels: Row[];
}

interface Row {
  channel: string;
  adapter: string;
  send: number;
  suppressed: number;
  published: boolean;
  closed: boolean;
  /** When it would go, or will; absent: at once. */
  at?: Date;
  /** It is moved from this time. */
  from?: Date;
  /** Why it does not go; empty: it does. */
  reason: string;
  /** Who is left out because they had it elsewhere. */
  hadElsewhere: HadElsewhere[];
}

export async function dryRun(
  { terminal }: Context,
  posts: readonly Post[],
  channels: readonly Channel[],
  times: PlanTimes,
  ports: DryRunPorts,
): Promise<number> {
  const plans: Planned[] = [];
  for (const post of posts) {
    const { id, title, url, revision, status } = post;
    const known = await knownOf(post, channels, times, ports);
    const rows: Row[] = [];
    for (const channel of channels) rows.push(await rowOf(post, channel, known, times, ports));
    plans.push({ post: id, title, url, revision, status, channels: rows });
  }
  await ports.ledger.transaction(async (tx) => {
    const momentOf = openMoments(tx, ports.ledger);
    for (const [index, post] of posts.entries())
      for (const row of plans[index]?.channels ?? []) {
        const channel = channels.find(({ name }) => name === row.channel);
        if (!channel || (row.published && !row.from) || row.send === 0) continue;
        const at = await momentOf(channel, readyAt(post, times));
        if (at > times.now) row.at = at;
      }
  });
  if (terminal.json) terminal.printJson({ plan: plans });
  for (const { title, url, channels: rows } of plans)
    terminal.print(`\n${terminal.style("bold", title)}\n${terminal.style("dim", url)}\n\n${rowsText(terminal, rows)}`);
  terminal.print("\nNothing was sent.");
  return exit.ok;
}

async function rowOf(
  post: Post,
  channel: Channel,
  known: Known,
  times: PlanTimes,
  { ledger, leftOut }: DryRunPorts,
): Promise<Row> {
  const earlier = known.report[channel.name];
  const { fate, reason: why } = fateIn(post, channel, known, times, leftOut);
  const from = known.channels.get(channel.name)?.scheduledFor;
  const left = earlier && fate === "begun" ? earlier.counts.pending + earlier.counts.retrying : 0;
  const isNew = fate === "fresh" || fate === "waiting";
  const audience = isNew ? await ledger.audienceOf(channel, post) : { pending: left, suppressed: 0, hadElsewhere: [] };
  // Published and scheduled channels get their own words below.
  const reason = fate === "begun" || (fate === "waiting" && from && !times.at) ? "" : why;
  return {
    ...{ channel: channel.name, adapter: channel.adapter, send: reason ? 0 : audience.pending },
    suppressed: isNew || !earlier ? audience.suppressed : earlier.counts.suppressed,
    ...{ published: Boolean(earlier) && fate !== "fresh", closed: fate === "closed", reason },
    hadElsewhere: isNew && !reason ? (audience.hadElsewhere ?? []) : [],
    ...(from && fate === "waiting" && (why ? { at: from } : { from })),
  };
}

function rowsText(terminal: Terminal, rows: readonly Row[]): string {
  const columns = [
    { title: "channel" },
    { title: "adapter" },
    { title: "would send", align: "right" as const },
    { title: "suppressed", align: "right" as const },
    { title: "" },
  ];
  const remark = ({ reason, published, at, from }: Row): string => {
    if (reason) return reason;
    if (from) return `moved from ${from.toISOString()} to ${at?.toISOString() ?? "now"}`;
    if (at) return `${published ? "already scheduled: " : ""}at ${at.toISOString()}`;
    return published ? "already published" : "";
  };
  const lines = rows.map((row) => [row.channel, row.adapter, count(row.send), count(row.suppressed), remark(row)]);
  const had = rows.flatMap(({ channel, hadElsewhere }) =>
    hadElsewhere.map((each) => `${channel}: ${hadSentence(each)}`),
  );
  return [table(terminal, columns, lines), ...had].join("\n");
}
