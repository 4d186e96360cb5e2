/** Counts the deliveries of each post by state, always from the current rows. */

import type { Sql } from "#core/ports/transaction.ts";
import type { ChannelReport, PublicationReport } from "#core/publishing/publication.ts";
import type { Gate } from "#core/publishing/timing.ts";
import type { Medium } from "#core/renditions/rendition.ts";
import { type Counts, type DeliveryState, type Failure, noCounts } from "#core/sending/delivery.ts";

const mostLinks = 20;
const mostReasons = 5;

/** The newest generation of every channel, for one post or all posts, newest publication first. */
export async function report(sql: Sql, postId?: string): Promise<PublicationReport[]> {
  const channels = await channelRows(sql, postId ?? null);
  const reports = new Map<string, PublicationReport>();
  for (const row of channels) {
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
    entry.channels[row.channel] = await channelReport(sql, row);
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
  /** Counted when the channel closed; `null`: not closed, or not an email channel. */
  settled: Partial<Counts> | null;
  failures: ChannelReport["failures"] | null;
}

async function channelRows(sql: Sql, postId: string | null): Promise<ChannelRow[]> {
  const { rows } = await sql.query<ChannelRow>(
    `select * from (
       select distinct on (c.post_id, c.channel) p.id, c.post_id as post, t.title, p.revision, t.url,
         p.created_at as "publishedAt", p.scheduled_for as "scheduledFor", p.released_at as "releasedAt",
         c.channel, c.adapter, c.medium, case when c.stalled_at is not null then c.failure end as stalled,
         case when c.paused_at is not null then jsonb_build_object('at', c.paused_at, 'reason', c.pause_reason) end as paused,
         c.cancelled_at as "cancelledAt", c.withdrawn_at as "withdrawnAt", c.excluded, p.gate - 'next' as gate, c.frozen_at is null and (
           p.released_at is not null or p.gate is null and coalesce(p.scheduled_for, p.created_at) <= now()) as freezing,
         k.counts as settled, k.failures
       from postrider.publication_channel c
       left join postrider.settled_count k on k.publication_id = c.publication_id and k.channel = c.channel and not c.open
       join postrider.publication p on p.id = c.publication_id
       join postrider.post t on t.id = c.post_id
       where $1::text is null or c.post_id = $1
       order by c.post_id, c.channel, c.generation desc) newest
     order by "publishedAt" desc, id, channel`,
    [postId],
  );
  return rows;
}

async function channelReport(sql: Sql, row: ChannelRow): Promise<ChannelReport> {
  const key = [row.id, row.channel];
  const where = "publication_id = $1 and channel = $2";
  const states = row.settled ? [] : await statesOf(sql, where, key);
  const counts: Counts = { ...noCounts(), ...row.settled };
  for (const { state, count } of states) counts[state] = count;
  const next = states.find((state) => state.next)?.next;
  const { id: publication, adapter, medium } = row;
  const entry: ChannelReport = { adapter, medium, publication, counts, links: [], failures: [] };
  const excluded = Object.entries(row.excluded).filter(([, count]) => count > 0);
  if (excluded.length > 0) entry.excluded = Object.fromEntries(excluded);
  if (row.stalled) entry.stalled = row.stalled;
  const withdrawnAt = row.withdrawnAt ?? states.find((state) => state.retractedAt)?.retractedAt;
  if (withdrawnAt) entry.withdrawnAt = withdrawnAt;
  if (row.paused) entry.paused = { ...row.paused, at: new Date(row.paused.at) };
  if (row.cancelledAt) entry.cancelledAt = row.cancelledAt;
  if (row.scheduledFor && !row.releasedAt && !row.cancelledAt) entry.scheduledFor = row.scheduledFor;
  if (row.gate && !row.cancelledAt) entry.gate = { ...row.gate, until: new Date(row.gate.until) };
  if (row.freezing && !row.cancelledAt) entry.freezing = true;
  if (next) entry.nextAttemptAt = next;
  if (counts.accepted) {
    const links = await sql.query<{ url: string }>(
      `select url from postrider.delivery where ${where} and state = 'accepted' and withdrawn_at is null and url is not null
       group by url order by min(id) limit ${mostLinks}`,
      key,
    );
    entry.links = links.rows.map((link) => link.url);
  }
  if (row.failures) entry.failures = row.failures;
  else if (counts.refused + counts.uncertain + counts.retrying + counts.suppressed > 0) {
    const failures = await sql.query<ChannelReport["failures"][number]>(
      `select state, failure->>'code' as code, failure->>'message' as message, count(*)::int as count
       from postrider.delivery where ${where} and failure is not null
         and (state in ('refused', 'uncertain', 'retrying') or state = 'suppressed' and failure->>'code' = 'had-it')
       group by 1, 2, 3 order by count desc, state, code limit ${mostReasons}`,
      key,
    );
    entry.failures = failures.rows;
  }
  return entry;
}

async function statesOf(
  sql: Sql,
  where: string,
  key: string[],
): Promise<{ state: DeliveryState; count: number; next: Date | null; retractedAt: Date | null }[]> {
  const { rows } = await sql.query(
    `select state, count(*)::int as count, min(due_at) filter (where state = 'retrying') as next,
       max(withdrawn_at) as "retractedAt"
     from postrider.delivery where ${where} group by state`,
    key,
  );
  return rows;
}
