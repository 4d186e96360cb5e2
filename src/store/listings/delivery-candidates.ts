/**
 * Where to look for the deliveries of a filter: in streams of ids, newest first, each cut off at a depth. A stream is
 * one publication on one channel, one state, one reader, or the whole ledger.
 */

import type { DeliveryFilter } from "#core/listings/delivery-list.ts";
import type { Slice } from "#core/listings/page.ts";
import type { Sql } from "#core/ports/transaction.ts";
import { lastId, type Parameter, type Reach } from "./statement.ts";

export interface Candidates {
  /** A statement with the columns `id` and `stream`. */
  streams: string;
  depth: number;
  /** SQL: below this id, the streams may lack deliveries. */
  edge: string;
}

const caseStates = ["refused", "uncertain", "retrying"] as const;

export interface Search extends Slice {
  reach: Reach;
  /** SQL: only deliveries with smaller ids. */
  before: string;
  parameter: Parameter;
  /** Whether all candidates fit the filter, so that no more than a page of each stream is needed. */
  isExact: boolean;
}

/** `null`: there can't be any. */
export async function candidatesFor(sql: Sql, filter: DeliveryFilter, search: Search): Promise<Candidates | null> {
  const { before, parameter } = search;
  if (filter.subscriber !== undefined)
    return {
      // One look into an index for each publication, instead of an index that every sent email would have to pay for.
      streams: `select d.id, '' as stream from postrider.subscriber s
        join postrider.publication_channel c on c.medium = 'email'
        join postrider.delivery d on d.post_id = c.post_id and d.channel = c.channel and d.recipient = s.hash
          and d.generation = c.generation
        where s.id = ${parameter(filter.subscriber, "bigint")} and d.id < ${before}`,
      depth: Number.MAX_SAFE_INTEGER,
      edge: "0",
    };
  const states = statesOf(filter);
  const isOpen = filter.state === "pending" || filter.state === "sending";
  const { campaign, post, channel } = filter;
  const inCampaigns = campaign !== undefined || post !== undefined || channel !== undefined || isOpen;
  if (!inCampaigns) return everywhere(states, search);
  const publications = await publicationsOf(sql, { campaign, post, channel, isOpen }, search);
  return publications.length === 0 ? null : inPublications(publications, states, search);
}

/** The states whose deliveries are found without looking at others; `null`: look at all. A failure has no other state. */
function statesOf({ state, code, text }: DeliveryFilter): readonly string[] | null {
  if (state === undefined) return code === undefined && text === undefined ? null : caseStates;
  return (caseStates as readonly string[]).includes(state) ? [state] : null;
}

function depthOf(streams: number, { isExact, limit, reach }: Search): number {
  return isExact ? limit + 1 : Math.max(limit + 1, Math.ceil(reach.entries / streams));
}

function everywhere(states: readonly string[] | null, search: Search): Candidates {
  const { before, parameter } = search;
  if (!states) {
    const depth = depthOf(1, search);
    const streams = `(select id, '' as stream from postrider.delivery where id < ${before} order by id desc limit ${depth})`;
    return { streams, depth, edge: "0" };
  }
  const depth = depthOf(states.length, { ...search, isExact: false });
  return {
    streams: `select x.id, g.state as stream from unnest(${parameter(states, "text[]")}) g (state) cross join lateral (
      select delivery_id as id from postrider.delivery_case where state = g.state and delivery_id < ${before}
      order by delivery_id desc limit ${depth}) x`,
    ...{ depth, edge: "0" },
  };
}

interface Publication {
  id: string;
  channel: string;
  /** The newest delivery that was not shown yet. */
  newest: string;
}

interface Within {
  campaign: string | undefined;
  post: string | undefined;
  channel: string | undefined;
  isOpen: boolean;
}

/** Those with the newest deliveries. */
async function publicationsOf(
  sql: Sql,
  { campaign, post, channel, isOpen }: Within,
  { after, reach }: Pick<Search, "after" | "reach">,
): Promise<Publication[]> {
  const { rows } = await sql.query<Publication>(
    `select c.publication_id as id, c.channel, d.id as newest from postrider.publication_channel c
     cross join lateral (
       select id from postrider.delivery
       where publication_id = c.publication_id and channel = c.channel and id < coalesce($5::bigint, ${lastId})
       order by id desc limit 1) d
     where ($1::uuid is null or c.publication_id = $1) and ($2::text is null or c.post_id = $2)
       and ($3::text is null or c.channel = $3) and (not $4 or c.open)
     order by d.id desc limit ${reach.publications + 1}`,
    [campaign ?? null, post ?? null, channel ?? null, isOpen, after],
  );
  return rows;
}

function inPublications(all: readonly Publication[], states: readonly string[] | null, search: Search): Candidates {
  const { before, parameter, reach } = search;
  const publications = all.slice(0, reach.publications);
  const left = all[reach.publications];
  const depth = depthOf(publications.length * (states?.length ?? 1), states ? { ...search, isExact: false } : search);
  const ids = parameter(
    publications.map(({ id }) => id),
    "uuid[]",
  );
  const channels = parameter(
    publications.map(({ channel }) => channel),
    "text[]",
  );
  const each = `unnest(${ids}, ${channels}) p (id, channel)`;
  const streams = states
    ? `select x.id, p.id || p.channel || g.state as stream from ${each}
       cross join unnest(${parameter(states, "text[]")}) g (state) cross join lateral (
         select delivery_id as id from postrider.delivery_case
         where publication_id = p.id and channel = p.channel and state = g.state and delivery_id < ${before}
         order by delivery_id desc limit ${depth}) x`
    : `select x.id, p.id || p.channel as stream from ${each} cross join lateral (
         select id from postrider.delivery where publication_id = p.id and channel = p.channel and id < ${before}
         order by id desc limit ${depth}) x`;
  return { streams, depth, edge: left ? `${parameter(left.newest, "bigint")} + 1` : "0" };
}
