/** What the ledger knows about channels, workers and feeds. */

import { type Found, foundIn, type Slice } from "#core/listings/page.ts";
import type { ChannelState, ListedFeed, ListedWorker, SiteList } from "#core/listings/site-list.ts";
import type { Sql } from "#core/ports/transaction.ts";
import { isAlive, type ProcessIdentity } from "#store/database/embedded/process-identity.ts";
import { deadAfterSeconds, workedChannels } from "#store/sending/workers.ts";
import { parameters } from "./statement.ts";

export async function channelStates(sql: Sql, names: readonly string[]): Promise<ChannelState[]> {
  const { rows } = await sql.query<Omit<ChannelState, "working">>(
    `select n.name, coalesce(o.open, 0)::int as open, coalesce(o.paused, 0)::int as paused,
       coalesce(o.stalled, 0)::int as stalled, o.failure,
       coalesce((select jsonb_agg(jsonb_build_object('domain', split_part(key, ' @', 2), 'until', blocked_until) order by key)
         from postrider.pace where starts_with(key, n.name || ' @') and blocked_until > now()), '[]') as slowed,
       (select max(p.released_at) from postrider.publication_channel c
         join postrider.publication p on p.id = c.publication_id where c.channel = n.name) as "lastPublishedAt"
     from unnest($1::text[]) with ordinality n (name, place) left join lateral (
       select count(*) as open, count(*) filter (where paused_at is not null) as paused,
         count(*) filter (where stalled_at is not null) as stalled,
         (array_agg(failure order by stalled_at desc) filter (where stalled_at is not null))[1] as failure
       from postrider.publication_channel where channel = n.name and open) o on true
     order by n.place`,
    [names],
  );
  const worked = await workedChannels(sql);
  return rows.map(({ slowed, ...row }) => ({
    ...row,
    working: worked.has(row.name),
    slowed: slowed.map(({ domain, until }) => ({ domain, until: new Date(until) })),
  }));
}

const states = {
  gone: "gone_at is not null",
  silent: `gone_at is null and seen_at < now() - interval '${deadAfterSeconds} seconds'`,
  working: `gone_at is null and seen_at >= now() - interval '${deadAfterSeconds} seconds'`,
};

/** Those that began last at first. */
export async function workerPage(
  sql: Sql,
  { state }: Parameters<SiteList["workers"]>[0],
  { after, limit }: Slice,
): Promise<Found<ListedWorker>> {
  const { values, parameter } = parameters();
  const conditions = ["true", state && `(${states[state]})`];
  if (after !== null) {
    const place = parameter(after, "text");
    conditions.push(
      `(started_at, id) < (timestamptz 'epoch' + split_part(${place}, ' ', 1)::bigint * interval '1 microsecond', split_part(${place}, ' ', 2)::uuid)`,
    );
  }
  const { rows } = await sql.query<Omit<ListedWorker, "host" | "pid"> & { identity: ProcessIdentity; key: string }>(
    `select id, identity, channels, started_at as "startedAt", seen_at as "seenAt", gone_at as "goneAt",
       case when ${states.gone} then 'gone' when ${states.silent} then 'silent' else 'working' end as state,
       (extract(epoch from started_at) * 1000000)::bigint || ' ' || id as key
     from postrider.worker where ${conditions.filter(Boolean).join(" and ")} order by started_at desc, id desc limit ${limit + 1}`,
    values,
  );
  const { items, after: next } = foundIn(rows, limit, ({ key }) => key);
  return { items: items.map(worker), after: next };
}

/** On this machine, the process table knows at once that a process has ended. */
function worker({
  key: _,
  identity,
  state,
  ...row
}: Omit<ListedWorker, "host" | "pid"> & { identity: ProcessIdentity; key: string }): ListedWorker {
  const { host, pid } = identity;
  return { ...row, host, pid, state: state === "working" && isAlive(identity) === false ? "silent" : state };
}

export async function feedPage(
  sql: Sql,
  { channel }: Parameters<SiteList["feeds"]>[0],
  { after, limit }: Slice,
): Promise<Found<ListedFeed>> {
  const { values, parameter } = parameters();
  const conditions = ["true", channel !== undefined && `channel = ${parameter(channel, "text")}`];
  // A path can contain blanks, a line break it can't.
  if (after !== null) {
    const place = parameter(after, "text");
    conditions.push(`(channel, path) > (split_part(${place}, E'\\n', 1), split_part(${place}, E'\\n', 2))`);
  }
  const { rows } = await sql.query<ListedFeed>(
    `select channel, path, format, self_url as url, changed_at as "changedAt", gone, hub, octet_length(body) as bytes
     from postrider.feed_document where ${conditions.filter(Boolean).join(" and ")} order by channel, path limit ${limit + 1}`,
    values,
  );
  return foundIn(rows, limit, ({ channel: name, path }) => `${name}\n${path}`);
}
