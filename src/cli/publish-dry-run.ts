/** `publish --dry-run`: what would go where and when, as a table; `plan` says it in full. */

import { type HadElsewhere, hadSentence } from "#core/had-elsewhere.ts";
import type { Post } from "#core/post.ts";
import type { Channel, ChannelReport } from "#core/publication.ts";
import { openMoments, readyAt } from "#pipeline/moments.ts";
import type { PlanPorts, PlanTimes } from "#pipeline/plan.ts";
import { isClosed } from "#pipeline/publish.ts";
import { type Context, exit } from "./context.ts";
import { count, type Terminal, table } from "./terminal.ts";

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
    const [known] = await ports.ledger.report(id);
    const rows: Row[] = [];
    for (const channel of channels) rows.push(await rowOf(post, channel, known?.channels[channel.name], ports));
    plans.push({ post: id, title, url, revision, status, channels: rows });
  }
  await ports.ledger.transaction(async (tx) => {
    const momentOf = openMoments(tx, ports.ledger);
    for (const [index, post] of posts.entries())
      for (const row of plans[index]?.channels ?? []) {
        const channel = channels.find(({ name }) => name === row.channel);
        if (!channel || row.published || row.send === 0) continue;
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
  earlier: ChannelReport | undefined,
  { ledger, leftOut }: DryRunPorts,
): Promise<Row> {
  const closed = isClosed(channel, post);
  const reason = closed ? "not for everybody" : earlier ? "" : (leftOut?.(post, channel) ?? "");
  const audience = await ledger.audienceOf(channel, post);
  const open = earlier ? earlier.counts.pending + earlier.counts.retrying : audience.pending;
  return {
    ...{ channel: channel.name, adapter: channel.adapter, send: reason ? 0 : open },
    suppressed: earlier ? earlier.counts.suppressed : audience.suppressed,
    ...{ published: Boolean(earlier), closed, reason },
    hadElsewhere: earlier || reason ? [] : (audience.hadElsewhere ?? []),
    ...(earlier?.scheduledFor && { at: earlier.scheduledFor }),
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
  const remark = ({ reason, published, at }: Row): string => {
    if (reason) return reason;
    if (at) return `${published ? "scheduled already: " : ""}at ${at.toISOString()}`;
    return published ? "published already" : "";
  };
  const lines = rows.map((row) => [row.channel, row.adapter, count(row.send), count(row.suppressed), remark(row)]);
  const had = rows.flatMap(({ channel, hadElsewhere }) =>
    hadElsewhere.map((each) => `${channel}: ${hadSentence(each)}`),
  );
  return [table(terminal, columns, lines), ...had].join("\n");
}
