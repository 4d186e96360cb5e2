/** Chooses the subject that the rest of an audience gets after a test. */

import { PostriderError } from "#core/errors.ts";
import type { Sql } from "#core/ports/transaction.ts";
import { suppressionOf } from "#store/audience/audience.ts";
import { controlCampaign } from "./campaigns.ts";

/**
 * Called when the rest of the audience is due. Returns the subject that was chosen, or that the rule chooses now. If
 * there is neither, the campaign is paused until somebody chooses (`asked`). `null` if the test has not been sent to
 * everybody in it.
 */
export async function subjectChosen(tx: Sql, publicationId: string, channel: string): Promise<number | "asked" | null> {
  const { rows } = await tx.query<{ winner: number | null; paused: boolean; rule: string | null }>(
    `select winner, paused_at is not null as paused, rules->'subjectTest'->>'winner' as rule
     from postrider.publication_channel where publication_id = $1 and channel = $2 for update`,
    [publicationId, channel],
  );
  const [row] = rows;
  if (!row || row.paused) return "asked";
  if (row.winner !== null) return row.winner;
  if (await isBeingTried(tx, publicationId, channel)) return null;
  const best = row.rule === "fewest-left" ? await fewestLeft(tx, publicationId, channel) : null;
  if (best !== null) {
    await chooseSubject(tx, publicationId, channel, best, "rule:fewest-left");
    return best;
  }
  const alike = row.rule === "fewest-left" ? " and no subject did better" : "";
  const reason = `the subject test has been sent${alike}; choose a subject with \`postrider campaigns choose\``;
  await controlCampaign(tx, publicationId, channel, "pause", "rule:subject-test", reason);
  return "asked";
}

/** A pause, a slow pace or quiet hours may have delayed the test. Greylisted recipients are not waited for. */
async function isBeingTried(tx: Sql, publicationId: string, channel: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select from postrider.delivery where publication_id = $1 and channel = $2
       and subject is not null and state in ('pending', 'sending') limit 1`,
    [publicationId, channel],
  );
  return rowCount === 1;
}

/** The subject with the smallest share of recipients who unsubscribed or complained; `null` if two are equal. */
async function fewestLeft(tx: Sql, publicationId: string, channel: string): Promise<number | null> {
  const { rows } = await tx.query<{ subject: number; left: number }>(
    `select d.subject, avg((b.state is distinct from 'confirmed' or x.reason is not null)::int)::float8 as left
     from postrider.delivery d
     join postrider.publication_channel c on c.publication_id = d.publication_id and c.channel = d.channel
     join postrider.list l on l.name = c.list
     left join postrider.subscription b on b.subscriber_id = d.subscriber_id and b.list_id = l.id
     left join lateral (${suppressionOf("d.recipient", "l.id")}) x on x.reason <> 'hard-bounce'
     where d.publication_id = $1 and d.channel = $2 and d.state = 'accepted' and d.subject is not null
     group by 1 order by 2`,
    [publicationId, channel],
  );
  const [best, second] = rows;
  return best && (!second || best.left < second.left) ? best.subject : null;
}

/** @throws PostriderError `not_found`; `invalid` for an unknown subject; `conflict` if one was already chosen */
export async function chooseSubject(
  tx: Sql,
  publicationId: string,
  channel: string,
  winner: number,
  actor: string,
): Promise<void> {
  const { rows } = await tx.query<{ subjects: number; winner: number | null }>(
    "select subjects, winner from postrider.publication_channel where publication_id = $1 and channel = $2 for update",
    [publicationId, channel],
  );
  const [row] = rows;
  if (!row) throw new PostriderError("not_found", `There is no campaign ${publicationId} on the channel "${channel}"`);
  if (winner < 1 || winner > row.subjects)
    throw new PostriderError("invalid", `There is no subject ${winner}`, { hint: `Choose from 1 to ${row.subjects}.` });
  if (row.winner !== null && row.winner !== winner)
    throw new PostriderError(
      "conflict",
      `Subject ${row.winner} was already chosen, and emails with it may have been sent`,
    );
  await tx.query(
    "update postrider.publication_channel set winner = $3, winner_by = $4 where publication_id = $1 and channel = $2",
    [publicationId, channel, winner, actor],
  );
  await tx.query(
    `update postrider.delivery set due_at = now() where publication_id = $1 and channel = $2
       and state = 'pending' and subject is null and due_at > now()`,
    [publicationId, channel],
  );
  await tx.query(
    "insert into postrider.event (kind, actor, publication_id, channel, data) values ('campaign.subject', $1, $2, $3, $4)",
    [actor, publicationId, channel, JSON.stringify({ winner })],
  );
}
