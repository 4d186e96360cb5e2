/** Counts the deliveries of each post by state. */

import type { Sql } from "#core/ports/transaction.ts";
import type { ChannelReport, PublicationReport } from "#core/publishing/publication.ts";
import type { Gate } from "#core/publishing/timing.ts";
import type { Medium } from "#core/renditions/rendition.ts";
import { type Counts, type Failure, noCounts } from "#core/sending/delivery.ts";
import { keptReasons, keptStates } from "#store/sending/kept-counts.ts";

const mostLinks = 20;
const mostReasons = 5;

/** The newest generation of every channel, newest publication first. @param posts - ids; absent: all posts */
export async function report(sql: Sql, posts?: readonly string[]): Promise<PublicationReport[]> {
  const reports = new Map<string, PublicationReport>();
  for (const row of await channelRows(sql, posts ?? null)) {
    const known = reports.get(row.post);
    const entry: PublicationReport = known ?? {
      id: row.id,
      post: row.post,
      title: row.title,
      revision: row.revision,
      url: row.url,
      publishedAt: row.publishedAt,
      channels: {},
    };
    entry.channels[row.channel] = channelReport(row);
    reports.set(row.post, entry);
  }
  for (const entry of reports.values()) {
    const times = Object.values(entry.channels).map(({ scheduledFor }) => scheduledFor);
    const [first] = times;
    if (first && times.every((time) => time?.getTime() === first.getTime())) entry.scheduledFor = first;
  }
  return [...reports.values()];
}

interface ChannelRow {
  id: string;
  post: string;
  title: string;
  revision: string;
  url: string;
  publishedAt: Date;
  scheduledFor: Date | null;
  releasedAt: Date | null;
  channel: string;
  adapter: string;
  medium: Medium;
  stalled: Failure | null;
  paused: { at: Date; reason: string } | null;
  cancelledAt: Date | null;
  withdrawnAt: Date | null;
  freezing: boolean;
  excluded: Record<string, number>;
  gate: Gate | null;
  counts: Partial<Counts> | null;
  failures: ChannelReport["failures"] | null;
  links: string[] | null;
  /** When a copy was deleted. */
  retractedAt: Date | null;
  nextAttemptAt: Date | null;
}

/** All in one statement: a page has many posts, and each has several channels. */
async function channelRows(sql: Sql, posts: readonly string[] | null): Promise<ChannelRow[]> {
  const here = "d.publication_id = n.id and d.channel = n.channel";
  const { rows } = await sql.query<ChannelRow>(
    `select n.*, k.counts,
       case when k.counts ?| array['refused', 'uncertain', 'retrying', 'suppressed'] then (
         select jsonb_agg(f) from (${keptReasons("n.id", "n.channel")} limit ${mostReasons}) f) end as failures,
       (select array_agg(url order by first) from (
         select d.url, min(d.id) as first from postrider.delivery d
         where ${here} and d.state = 'accepted' and d.withdrawn_at is null and d.url is not null
         group by d.url order by first limit ${mostLinks}) l) as links,
       (select max(d.withdrawn_at) from postrider.delivery d where ${here} and d.post_id = n.post and d.recipient = '') as "retractedAt",
       case when k.counts ? 'retrying' then (
         select min(d.due_at) from postrider.delivery_case w join postrider.delivery d on d.id = w.delivery_id
         where w.publication_id = n.id and w.channel = n.channel and w.state = 'retrying' and d.state = 'retrying')
         end as "nextAttemptAt"
     from (
       select distinct on (c.post_id, c.channel) p.id, c.post_id as post, t.title, p.revision, t.url,
         p.created_at as "publishedAt", p.scheduled_for as "scheduledFor", p.released_at as "releasedAt",
         c.channel, c.adapter, c.medium, case when c.stalled_at is not null then c.failure end as stalled,
         case when c.paused_at is not null then jsonb_build_object('at', c.paused_at, 'reason', c.pause_reason) end as paused,
         c.cancelled_at as "cancelledAt", c.withdrawn_at as "withdrawnAt", c.excluded, p.gate - 'next' as gate, c.frozen_at is null and (
           p.released_at is not null or p.gate is null and coalesce(p.scheduled_for, p.created_at) <= now()) as freezing
       from postrider.publication_channel c
       join postrider.publication p on p.id = c.publication_id
       join postrider.post t on t.id = c.post_id
       where $1::text[] is null or c.post_id = any($1)
       order by c.post_id, c.channel, c.generation desc) n
     left join lateral (
       select jsonb_object_agg(state, s.n) as counts from (${keptStates("n.id", "n.channel")}) s) k on true
     order by n."publishedAt" desc, n.id, n.channel`,
    [posts],
  );
  return rows;
}

function channelReport(row: ChannelRow): ChannelReport {
  const { id: publication, adapter, medium } = row;
  const counts: Counts = { ...noCounts(), ...row.counts };
  const entry: ChannelReport = {
    adapter,
    medium,
    publication,
    counts,
    links: row.links ?? [],
    failures: row.failures ?? [],
  };
  const excluded = Object.entries(row.excluded).filter(([, count]) => count > 0);
  if (excluded.length > 0) entry.excluded = Object.fromEntries(excluded);
  if (row.stalled) entry.stalled = row.stalled;
  const withdrawnAt = row.withdrawnAt ?? row.retractedAt;
  if (withdrawnAt) entry.withdrawnAt = withdrawnAt;
  if (row.paused) entry.paused = { ...row.paused, at: new Date(row.paused.at) };
  if (row.cancelledAt) entry.cancelledAt = row.cancelledAt;
  if (row.scheduledFor && !row.releasedAt && !row.cancelledAt) entry.scheduledFor = row.scheduledFor;
  if (row.gate && !row.cancelledAt) entry.gate = { ...row.gate, until: new Date(row.gate.until) };
  if (row.freezing && !row.cancelledAt) entry.freezing = true;
  if (row.nextAttemptAt) entry.nextAttemptAt = row.nextAttemptAt;
  return entry;
}
