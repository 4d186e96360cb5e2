/**
 * Matches bounces and complaints to deliveries and acts on them in one transaction: event, evidence and suppression.
 */

import type { Sql } from "#core/ports/transaction.ts";
import type { BounceOutcome, BounceReport, BounceRule, BounceTie, TracedReport } from "#core/readers/bounce.ts";
import { deliveryKey } from "#core/sending/idempotency.ts";
import { stopAtComplaintsDefault } from "#core/sending/sending.ts";
import { recipientKey } from "#store/database/settings.ts";
import { controlCampaign } from "#store/sending/campaigns.ts";
import { leave } from "./leave.ts";
import { recipientHasher } from "./recipient-hash.ts";

interface Delivery {
  id: string;
  postId: string;
  publicationId: string;
  channel: string;
  recipient: string;
  generation: number;
  list: string | null;
}

/** A report that names only an address is accepted this long after an email to it. */
const recentDays = 30;

/** Records one report and acts on it. A second call with the same digest does nothing. */
export async function recordBounce(tx: Sql, traced: TracedReport, rule: BounceRule): Promise<BounceOutcome> {
  const { report, digest } = traced;
  // A mail proves nothing by naming an address. Whoever asks to leave must get away all the same.
  const believed = traced.vouched || report.kind === "unsubscribe";
  const named = believed && report.recipient?.trim() ? recipientHasher(await recipientKey(tx))(report.recipient) : null;
  const found = await mailOf(tx, traced, named);
  const hash = found?.recipient ?? null;
  const of = found?.delivery ?? null;
  const delivery = of && { delivery: { id: of.id, postId: of.postId, channel: of.channel } };
  // One at a time for each person. Otherwise two soft bounces at once would each miss the other.
  if (hash) await tx.query("select pg_advisory_xact_lock(hashtextextended($1, 40))", [hash]);
  const softBounces = hash && report.kind === "soft" && report.counts ? 1 + (await countSoft(tx, hash, rule)) : 0;
  const effect = effectOf(report, hash !== null, softBounces >= rule.softLimit);
  const diagnostic = report.diagnostic && keptText(report.diagnostic);
  const inserted = await tx.query<{ id: string }>(
    `insert into postrider.bounce (digest, hash, delivery_id, tie, kind, counts, status, source, why, diagnostic, effect)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (digest) do nothing returning id`,
    [
      digest,
      ...[hash, of?.id ?? null, found?.tie ?? null, report.kind, report.counts, report.status ?? null],
      ...[report.source, report.why, diagnostic ?? null, effect],
    ],
  );
  const tie = found?.tie ?? null;
  const [row] = inserted.rows;
  if (!row) return { effect: "known", tie, ...delivery };
  await tx.query(
    `insert into postrider.event (kind, actor, post_id, publication_id, channel, delivery_id, data)
     values ('bounce', $1, $2, $3, $4, $5, $6)`,
    [
      report.source,
      ...[of?.postId ?? null, of?.publicationId ?? null, of?.channel ?? null, of?.id ?? null],
      JSON.stringify({ bounce: row.id, kind: report.kind, status: report.status, why: report.why, effect, tie }),
    ],
  );
  if (hash && effect === "suppressed") await suppress(tx, hash, report, row.id);
  if (of && report.kind === "complaint") await stopAtComplaints(tx, of);
  if (hash && effect === "unsubscribed") await leave(tx, [hash], found?.list ? [found.list] : null, { form: "mail" });
  return { effect, tie, ...delivery, ...(softBounces > 0 && { softBounces }) };
}

function effectOf(
  { kind }: BounceReport,
  tied: boolean,
  tooMany: boolean,
): "suppressed" | "counted" | "noted" | "unsubscribed" {
  if (!tied) return "noted";
  if (kind === "hard" || kind === "complaint" || tooMany) return "suppressed";
  if (kind === "unsubscribe") return "unsubscribed";
  return kind === "soft" ? "counted" : "noted";
}

/** The email that a report is about: a delivery, or an email about a subscription. */
interface Found {
  recipient: string;
  tie: BounceTie;
  list: string | null;
  delivery: Delivery | null;
}

async function mailOf(sql: Sql, { traces }: TracedReport, named: string | null): Promise<Found | null> {
  for (const { tie, key } of traces) {
    if (!/^[0-9a-f]{16,64}$/.test(key)) continue;
    const trace = Buffer.from(key.slice(0, 16), "hex");
    const { rows } = await sql.query<Delivery>(
      `${select} where d.recipient <> '' and postrider.delivery_trace(d.channel, d.post_id, d.recipient, d.generation) = $1`,
      [trace],
    );
    const delivery = rows.find((row) => deliveryKey(row).startsWith(key));
    if (delivery) return { recipient: delivery.recipient, tie, list: delivery.list, delivery };
    const letter = await letterOf(sql, "postrider.letter_trace(t.id) = $1", trace);
    if (letter) return { ...letter, tie, delivery: null };
  }
  if (!named) return null;
  const { rows } = await sql.query<Delivery>(
    `${select} where d.recipient = $1 and d.state in ('accepted', 'uncertain', 'refused')
       and d.settled_at > now() - make_interval(days => ${recentDays})
     order by d.settled_at desc, d.id desc limit 1`,
    [named],
  );
  const [delivery] = rows;
  if (delivery) return { recipient: delivery.recipient, tie: "recipient", list: delivery.list, delivery };
  const letter = await letterOf(
    sql,
    `s.hash = $1 and t.state in ('accepted', 'uncertain', 'refused')
       and t.updated_at > now() - make_interval(days => ${recentDays})`,
    named,
  );
  return letter && { ...letter, tie: "recipient", delivery: null };
}

async function letterOf(
  sql: Sql,
  condition: string,
  value: unknown,
): Promise<Pick<Found, "recipient" | "list"> | null> {
  const { rows } = await sql.query<{ recipient: string; list: string | null }>(
    `select s.hash as recipient, (select l.name from postrider.list l where l.id = t.list_ids[1]) as list
     from postrider.letter t join postrider.subscriber s on s.id = t.subscriber_id
     where ${condition} order by t.created_at desc limit 1`,
    [value],
  );
  return rows[0] ?? null;
}

const select = `select d.id, d.post_id as "postId", d.publication_id as "publicationId", d.channel, d.recipient, d.generation, c.list
  from postrider.delivery d join postrider.publication_channel c using (publication_id, channel)`;

async function countSoft(sql: Sql, hash: string, { withinDays }: BounceRule): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    `select count(*)::int as count from postrider.bounce
     where hash = $1 and kind = 'soft' and counts and at > now() - make_interval(days => $2)`,
    [hash, withinDays],
  );
  return rows[0]?.count ?? 0;
}

/** A complaint replaces a bounce. A person's own decision is never replaced. */
async function suppress(sql: Sql, hash: string, report: BounceReport, bounce: string): Promise<void> {
  const complaint = report.kind === "complaint";
  const evidence = `bounce ${bounce}: ${report.why}`;
  await sql.query(
    `insert into postrider.suppression (hash, reason, evidence) values ($1, $2, $3)
     on conflict (hash, list_id) do update set reason = excluded.reason, evidence = excluded.evidence
     where suppression.reason = 'hard-bounce' and excluded.reason = 'complaint'`,
    [hash, complaint ? "complaint" : "hard-bounce", evidence],
  );
}

/** Fewer complaints may be accidents. */
const fewestComplaints = 3;

/** Pauses a running campaign if too many of its recipients complain (the rule `stopAtComplaints`). */
async function stopAtComplaints(tx: Sql, { publicationId, channel }: Delivery): Promise<void> {
  const { rows } = await tx.query<{ complaints: number; share: number; limit: number; goesOn: boolean }>(
    `select n.complaints, n.complaints::float8 / greatest(n.accepted, 1) as share,
       coalesce((c.rules->>'stopAtComplaints')::float8, ${stopAtComplaintsDefault}) as limit,
       n.open > 0 and c.paused_at is null and c.cancelled_at is null as "goesOn"
     from postrider.publication_channel c, lateral (
       select count(*) filter (where d.state = 'accepted') as accepted,
         count(*) filter (where d.state in ('pending', 'sending', 'retrying')) as open,
         (select count(*)::int from postrider.bounce b join postrider.delivery e on e.id = b.delivery_id
          where b.kind = 'complaint' and e.publication_id = $1 and e.channel = $2) as complaints
       from postrider.delivery d where d.publication_id = $1 and d.channel = $2) n
     where c.publication_id = $1 and c.channel = $2`,
    [publicationId, channel],
  );
  const [row] = rows;
  if (!row?.goesOn || row.complaints < fewestComplaints || row.share < row.limit) return;
  const percent = (row.share * 100).toFixed(2);
  const reason = `${row.complaints} of the readers who got it complained (${percent} %)`;
  await controlCampaign(tx, publicationId, channel, "pause", "rule:stop-at-complaints", reason);
}

const mostKept = 1_000;

/**
 * Without addresses, and without NUL: PostgreSQL refuses it, and a provider would repeat the report for days. Cut first,
 * because a megabyte of letters takes hours to look through for addresses.
 */
function keptText(diagnostic: string): string {
  return diagnostic
    .slice(0, 4 * mostKept)
    .replaceAll("\0", "")
    .replace(/[^\s<>:;,"']+@[^\s<>:;,"']+/g, "(address)")
    .slice(0, mostKept);
}
