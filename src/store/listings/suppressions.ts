/** Pages of suppressions and bounces, newest first, and how one suppression is lifted. */

import { PostriderError } from "#core/errors.ts";
import { type Found, foundIn, type Slice } from "#core/listings/page.ts";
import type { BounceFilter, ListedBounce, ListedSuppression, SuppressionList } from "#core/listings/reader-list.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { SuppressionChange } from "#core/readers/subscriber-book.ts";
import { listNamed } from "#store/readers/lists.ts";
import { note } from "#store/readers/suppressions.ts";
import { lastId, parameters } from "./statement.ts";

const columns = `x.id, s.address, x.hash, x.reason, l.name as list, x.created_at as since, x.evidence
  from postrider.suppression x left join postrider.subscriber s on s.hash = x.hash
  left join postrider.list l on l.id = x.list_id`;

/** With a list: also those of all lists. @throws PostriderError `not_found` */
export async function suppressionPage(
  sql: Sql,
  { list, reason }: Parameters<SuppressionList["page"]>[0],
  { after, limit }: Slice,
): Promise<Found<ListedSuppression>> {
  const only = list === undefined ? null : await listNamed(sql, list);
  if (list !== undefined && only === null) throw new PostriderError("not_found", `There is no list "${list}"`);
  const { rows } = await sql.query<ListedSuppression>(
    `select ${columns} where x.id < $1 and ($2::int is null or x.list_id is null or x.list_id = $2)
       and ($3::text is null or x.reason = $3) order by x.id desc limit $4`,
    [after ?? lastId, only, reason ?? null, limit + 1],
  );
  return foundIn(rows, limit, ({ id }) => id);
}

/** @throws PostriderError `not_found`; `conflict` for a person's own decision */
export async function liftSuppression(
  tx: Sql,
  id: string,
  { reason, actor }: Omit<SuppressionChange, "list">,
): Promise<ListedSuppression> {
  const { rows } = await tx.query<ListedSuppression>(`select ${columns} where x.id = $1 for update of x`, [
    /^\d{1,18}$/.test(id) ? id : "0",
  ]);
  const [row] = rows;
  if (!row)
    throw new PostriderError("not_found", `There is no suppression "${id}"`, {
      hint: "Ids of suppressions are numbers. GET /api/v1/suppressions lists them.",
    });
  if (row.reason === "unsubscribe" || row.reason === "forgotten")
    throw new PostriderError(
      "conflict",
      `This person ${row.reason === "forgotten" ? "was forgotten" : "unsubscribed"}`,
      {
        hint: "They can subscribe again themselves. If they asked you: POST /api/v1/resubscriptions with a proof of consent.",
      },
    );
  await tx.query("delete from postrider.suppression where id = $1", [id]);
  // Otherwise the next soft bounce would suppress the address again.
  await tx.query("update postrider.bounce set counts = false where hash = $1", [row.hash]);
  await note(tx, "suppression.lifted", actor, { hash: row.hash, was: row.reason, evidence: row.evidence, reason });
  return row;
}

export async function bouncePage(
  sql: Sql,
  { kind, subscriber, delivery }: BounceFilter,
  { after, limit }: Slice,
): Promise<Found<ListedBounce>> {
  const { values, parameter } = parameters([after ?? lastId]);
  const conditions = [
    "b.id < $1",
    kind !== undefined && `b.kind = ${parameter(kind, "text")}`,
    delivery !== undefined && `b.delivery_id = ${parameter(delivery, "bigint")}`,
    subscriber !== undefined &&
      `b.hash = (select hash from postrider.subscriber where id = ${parameter(subscriber, "bigint")})`,
  ].filter((condition) => condition !== false);
  const { rows } = await sql.query<ListedBounce>(
    `select b.id, b.at, b.kind, b.counts, b.status, b.source, b.why, b.diagnostic, b.effect, b.delivery_id as delivery,
       s.id as subscriber
     from postrider.bounce b left join postrider.subscriber s on s.hash = b.hash
     where ${conditions.join(" and ")} order by b.id desc limit ${limit + 1}`,
    values,
  );
  return foundIn(rows, limit, ({ id }) => id);
}
