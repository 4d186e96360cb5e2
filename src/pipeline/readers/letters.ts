/** Sends the emails about subscriptions, through the channel of their list. */

import type { Envelope, Transport } from "#core/adapter.ts";
import { messageOf, PostriderError } from "#core/errors.ts";
import type { Log } from "#core/log.ts";
import type { JobQueue } from "#core/ports/queue.ts";
import type { SendingPorts } from "#core/ports/sending-ports.ts";
import type { Transaction } from "#core/ports/transaction.ts";
import {
  type LetterChange,
  type LetterLinks,
  type LetterStore,
  letterLifeMs,
  type TakenLetter,
} from "#core/readers/letter.ts";
import type { EmailRendition, Renderer } from "#core/renditions/rendition.ts";
import type { Failure } from "#core/sending/delivery.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import { recipientDelay } from "#core/sending/retry.ts";
import { failureOf } from "#pipeline/sending/stream.ts";

export interface LetterPorts {
  letters: LetterStore;
  renderer: Pick<Renderer, "confirm" | "welcome" | "data">;
  transport: SendingPorts["transport"];
  /** The email channel of a list. */
  channelOf(list: string): string | undefined;
  links: LetterLinks;
  queue: JobQueue;
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  log: Log;
}

/** Sends one, unless another worker already did, or it is no longer wanted. */
export async function sendLetter(id: string, ports: LetterPorts, abort: AbortSignal): Promise<void> {
  const letter = await ports.letters.take(id);
  if (!letter) return;
  const change = await send(letter, ports, abort);
  if ("failure" in change)
    ports.log.warn(`an email to a reader was not sent: ${change.failure.message}`, { letter: id });
  await ports.transaction(async (tx) => {
    await ports.letters.record(tx, id, change);
    if (change.state === "pending") await ports.queue.enqueue(tx, [{ kind: "letter", id, delay: change.dueIn }]);
  });
}

/** Queues emails that a lost queue or a dead worker left unsent. */
export async function sweepLetters({ letters, queue, transaction }: LetterPorts): Promise<void> {
  const due = await letters.due();
  if (due.length > 0)
    await transaction((tx) =>
      queue.enqueue(
        tx,
        due.map((id) => ({ kind: "letter" as const, id, delay: 0 })),
      ),
    );
}

async function send(letter: TakenLetter, ports: LetterPorts, abort: AbortSignal): Promise<LetterChange> {
  let transport: Transport<"email">;
  let envelope: Envelope<"email">;
  try {
    const rendition = await ports.renderer[letter.kind]({
      list: { name: letter.lists[0]?.name ?? "", title: letter.lists.map(({ title }) => title).join(", ") },
      ...(letter.language && { language: letter.language }),
    });
    envelope = envelopeOf(letter, rendition, ports.links);
    const channel = letter.lists.map(({ name }) => ports.channelOf(name)).find(Boolean);
    if (!channel) throw new PostriderError("not_found", `No email channel sends to the list ${letter.lists[0]?.name}`);
    transport = (await ports.transport(channel)) as Transport<"email">;
  } catch (error) {
    // Nothing was sent yet.
    return again(letter, { kind: "temporary", scope: "channel", code: "cannot-open", message: messageOf(error) });
  }
  try {
    await transport.send(envelope, abort);
    return { state: "accepted" };
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind === "uncertain") return { state: "uncertain", failure };
    if (failure.kind === "permanent" && failure.scope === "recipient") return { state: "refused", failure };
    return again(letter, failure);
  }
}

/** Tries again as long as its links would still work when it arrives. */
function again({ kind, attempts, createdAt }: TakenLetter, failure: Failure): LetterChange {
  const dueIn = failure.retryAfter ?? Math.min(recipientDelay(attempts + 1), 3600_000);
  const age = Date.now() - createdAt.getTime();
  return age + dueIn > letterLifeMs[kind] / 2 ? { state: "refused", failure } : { state: "pending", failure, dueIn };
}

function envelopeOf(letter: TakenLetter, rendition: EmailRendition, links: LetterLinks): Envelope<"email"> {
  const { address, name, lists, createdAt } = letter;
  return {
    key: sha256(`letter\n${letter.id}`),
    rendition,
    publishedAt: createdAt,
    recipient: {
      address,
      ...(name && { name }),
      list: lists[0] ?? { name: "", title: "" },
      viewUrl: rendition.url,
      ...links(letter),
    },
  };
}
