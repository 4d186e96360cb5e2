/** Which of several subjects the rest of an audience gets. */

import { PostriderError } from "#core/errors.ts";
import type { Transaction } from "#core/ports.ts";
import { controlCampaign } from "./campaigns.ts";

/** The rest's time has come and nobody has chosen: the campaign waits. Returns the choice, when there is one by now. */
export async function subjectChosen(tx: Transaction, publicationId: string, channel: string): Promise<number | null> {
  const { rows } = await tx.query<{ winner: number | null; paused: boolean }>(
    `select winner, paused_at is not null as paused from postrider.publication_channel
     where publication_id = $1 and channel = $2 for update`,
    [publicationId, channel],
  );
  const [row] = rows;
  if (!row || row.winner !== null) return row?.winner ?? null;
  const reason = "the share that tries the subjects has gone out; choose one with `postrider campaigns choose`";
  if (!row.paused) await controlCampaign(tx, publicationId, channel, "pause", "rule:subject-test", reason);
  return null;
}

/** @throws PostriderError `not_found`; `invalid` for a subject that there isn't; `conflict` where one was chosen */
export async function chooseSubject(
  tx: Transaction,
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
    throw new PostriderError("conflict", `Subject ${row.winner} was chosen, and mails with it may be out`);
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
