/** Joining a list, and requests for one's data: the decision and its email are committed together. */

import type { JobQueue } from "#core/ports/queue.ts";
import type { Origin, ReaderStore, SubscribeRequest, WrittenLetter } from "#core/readers/reader.ts";

export interface SubscribePorts {
  store: ReaderStore;
  queue: JobQueue;
}

/** Asks the owner of the address for confirmation. The caller does not learn whether anything is sent. */
export async function askToSubscribe(request: SubscribeRequest, ports: SubscribePorts): Promise<void> {
  await withLetter(ports, (tx) => ports.store.ask(tx, request));
}

/** Returns whether the link was valid. */
export async function confirmSubscription(
  recipient: string,
  letterId: string,
  origin: Origin,
  ports: SubscribePorts,
): Promise<boolean> {
  let known = false;
  await withLetter(ports, async (tx) => {
    const confirmed = await ports.store.confirm(tx, recipient, letterId, origin);
    known = confirmed.known;
    return confirmed.welcome;
  });
  return known;
}

/** Emails a reader the link to all their stored data. */
export async function askForData(recipient: string, list: string, ports: SubscribePorts): Promise<void> {
  await withLetter(ports, (tx) => ports.store.askForData(tx, recipient, list));
}

async function withLetter(
  { store, queue }: SubscribePorts,
  write: (tx: Parameters<JobQueue["enqueue"]>[0]) => Promise<WrittenLetter | null>,
): Promise<void> {
  await store.transaction(async (tx) => {
    const letter = await write(tx);
    if (letter) await queue.enqueue(tx, [{ kind: "letter", id: letter.id, delay: letter.delay }]);
  });
}
