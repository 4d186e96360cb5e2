/** Lets a publication go: its audience is drawn and written, and its deliveries are put on the queue. */

import type { PublicationLedger } from "#core/ports/deciding.ts";
import type { Job, JobQueue } from "#core/ports/queue.ts";
import type { BatchLedger } from "#core/ports/sending.ts";
import type { Transaction } from "#core/ports/transaction.ts";
import type { Batch } from "#core/publishing/publication.ts";

/** Small enough for a short job, large enough that the queue costs next to nothing beside the sending. */
const batchSize = 500;
/** Subscriptions in a share of an audience: a second's work, after which everybody else has a turn. */
const shareSize = 20_000;

/**
 * Draws the line under the audience, writes its first share and puts it on the queue; a further share is a job of its own.
 * Harmless when that was done before.
 */
export async function release(
  tx: Transaction,
  publicationId: string,
  channels: readonly string[],
  { ledger, queue }: { ledger: PublicationLedger & BatchLedger; queue: JobQueue },
  { holdMs = 0, whole = false }: { holdMs?: number; whole?: boolean } = {},
): Promise<void> {
  const isFirst = await ledger.release(tx, publicationId);
  let { unfinished, written } = await ledger.freeze(tx, publicationId, shareSize);
  while (whole && unfinished > 0) ({ unfinished, written } = await ledger.freeze(tx, publicationId, shareSize));
  // What was written before has its jobs: to look for all that is due would cost more with every share.
  if (isFirst || written.length === 0)
    for (const channel of channels) await queue.enqueue(tx, await deliveryJobs(tx, publicationId, channel, ledger));
  else
    await queue.enqueue(
      tx,
      written.flatMap(cut).map((batch) => ({ kind: "deliver", batch })),
    );
  if (unfinished > 0) await queue.enqueue(tx, [{ kind: "release", publicationId, delay: 0 }]);
  // What is held has a time of its own; the job only comes to look.
  if (holdMs > 0) await queue.enqueue(tx, [{ kind: "release", publicationId, delay: holdMs }]);
}

/** By id and not by count: the ids of others between only make a batch smaller. */
function cut({ from, to, ...rest }: Batch): Batch[] {
  const batches: Batch[] = [];
  for (let first = BigInt(from); first <= BigInt(to); first += BigInt(batchSize)) {
    const last = first + BigInt(batchSize) - 1n;
    batches.push({ ...rest, from: String(first), to: last < BigInt(to) ? String(last) : to });
  }
  return batches;
}

/** A job for each batch of what is due. A job too many finds nothing to claim. */
export async function deliveryJobs(
  tx: Transaction,
  publicationId: string,
  channel: string,
  ledger: BatchLedger,
): Promise<Job[]> {
  const batches = await ledger.dueBatches(tx, publicationId, channel, batchSize);
  return batches.map((batch) => ({ kind: "deliver", batch }));
}
