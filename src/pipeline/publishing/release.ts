/** Releases a publication: determines and writes its audience, and puts its deliveries on the queue. */

import type { PublicationLedger } from "#core/ports/deciding.ts";
import type { Job, JobQueue } from "#core/ports/queue.ts";
import type { BatchLedger } from "#core/ports/sending.ts";
import type { Transaction } from "#core/ports/transaction.ts";
import type { Batch } from "#core/publishing/publication.ts";

/** Small enough for short jobs, and large enough that the queue costs almost nothing compared to sending. */
const batchSize = 500;
/** Subscriptions in one share of an audience: about a second of work, then other work gets a turn. */
const shareSize = 20_000;

/**
 * Determines the audience, writes its first share and queues it. Each further share is its own job. Does nothing if
 * this was done before.
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
  // Earlier shares already have their jobs. Searching all due deliveries would cost more with every share.
  if (isFirst || written.length === 0)
    for (const channel of channels) await queue.enqueue(tx, await deliveryJobs(tx, publicationId, channel, ledger));
  else
    await queue.enqueue(
      tx,
      written.flatMap(cut).map((batch) => ({ kind: "deliver", batch })),
    );
  if (unfinished > 0) await queue.enqueue(tx, [{ kind: "release", publicationId, delay: 0 }]);
  // A held campaign has its own time; the job only checks it.
  if (holdMs > 0) await queue.enqueue(tx, [{ kind: "release", publicationId, delay: holdMs }]);
}

/** Batches are ranges of ids, not counts. Ids of other publications in between only make a batch smaller. */
function cut({ from, to, ...rest }: Batch): Batch[] {
  const batches: Batch[] = [];
  for (let first = BigInt(from); first <= BigInt(to); first += BigInt(batchSize)) {
    const last = first + BigInt(batchSize) - 1n;
    batches.push({ ...rest, from: String(first), to: last < BigInt(to) ? String(last) : to });
  }
  return batches;
}

/** A job for each batch of due deliveries. An unnecessary job finds nothing to claim. */
export async function deliveryJobs(
  tx: Transaction,
  publicationId: string,
  channel: string,
  ledger: BatchLedger,
): Promise<Job[]> {
  const batches = await ledger.dueBatches(tx, publicationId, channel, batchSize);
  return batches.map((batch) => ({ kind: "deliver", batch }));
}
