/** Sends one batch: claim, render, then for each delivery intent, send, settle; and says what the queue should do next. */

import type { Envelope, Transport } from "#core/adapter.ts";
import { DeliveryError, type Failure } from "#core/delivery.ts";
import { messageOf } from "#core/errors.ts";
import { deliveryKey } from "#core/idempotency.ts";
import type { Change, ClaimedDelivery, Outcome, SendingPorts } from "#core/ports.ts";
import type { Batch, ChannelPublication } from "#core/publication.ts";
import type { Rendition } from "#core/rendition.ts";
import { channelAttempts, channelDelay, recipientAttempts, recipientDelay } from "#core/retry.ts";
import { type Commit, groupCommit } from "./group-commit.ts";

export interface DeliverySignals {
  /** Take nothing new; what is in hand is finished. */
  stop: AbortSignal;
  /** Break off what is in hand, too. */
  abort: AbortSignal;
}

/** @param workerId - the registered worker that the claims belong to. */
export async function deliver(
  batch: Batch,
  workerId: string,
  ports: SendingPorts,
  signals: DeliverySignals,
): Promise<Outcome> {
  const { ledger } = ports;
  const publication = await ledger.channelPublication(batch.publicationId, batch.channel);
  if (!publication || publication.stalled || signals.stop.aborted) return {};
  const claim = await ledger.claim(batch, workerId);
  if (claim.deliveries.length === 0) return {};
  const commit = groupCommit((changes) => ledger.record(claim.id, changes), ports.log);
  try {
    const result = await send(publication, claim.deliveries, commit, ports, signals);
    await ledger.unclaim(claim.id);
    return await conclude(batch, publication, result, ports, signals);
  } catch (error) {
    await ledger.unclaim(claim.id);
    throw error;
  }
}

interface SendResult {
  /** Every further delivery would have fared the same. */
  halt: Failure | null;
  accepted: number;
  /** How long the other side wants to be left alone, though all is well. */
  pauseMs: number;
  /** Milliseconds until the first retry is due. */
  retryIn: number | null;
}

async function send(
  publication: ChannelPublication,
  deliveries: readonly ClaimedDelivery[],
  commit: Commit,
  ports: SendingPorts,
  signals: DeliverySignals,
): Promise<SendResult> {
  const result: SendResult = { halt: null, accepted: 0, pauseMs: 0, retryIn: null };
  const opened = await open(publication, ports).catch((error: unknown) => {
    result.halt = openingFailure(error);
    return null;
  });
  if (!opened) return result;
  const { rendition, transport } = opened;
  const waiting = deliveries[Symbol.iterator]();

  const one = async (delivery: ClaimedDelivery): Promise<void> => {
    if (!(await commit({ id: delivery.id, state: "sending" }))) return;
    const envelope = envelopeOf(delivery, publication, rendition, ports);
    const harmless = ports.idempotentAdapters.includes(publication.adapter);
    const change = await attempt(delivery, envelope, transport, harmless, signals);
    if ("halt" in change) {
      result.halt ??= change.halt;
      await commit({ id: delivery.id, state: "pending" });
      return;
    }
    if (change.state === "accepted") {
      result.accepted++;
      result.pauseMs = Math.max(result.pauseMs, change.receipt.pauseMs ?? 0);
    }
    // A relay that loses one answer may lose the next: the others wait a moment rather than become uncertain, too.
    if (change.state === "uncertain") result.halt ??= { ...change.failure, kind: "temporary", scope: "channel" };
    if (change.state === "retrying") result.retryIn = Math.min(result.retryIn ?? Infinity, change.dueIn);
    await commit(change);
  };
  const lane = async (): Promise<void> => {
    for (const delivery of waiting) {
      if (result.halt || signals.stop.aborted) return;
      await one(delivery);
    }
  };

  // The first goes alone: a wrong password is then tried once and not once for each connection.
  const first = waiting.next();
  if (!first.done) await one(first.value);
  await Promise.all(Array.from({ length: transport.concurrency ?? 1 }, lane));
  return result;
}

async function open(
  publication: ChannelPublication,
  ports: SendingPorts,
): Promise<{ rendition: Rendition; transport: Transport }> {
  const post = await ports.ledger.post(publication.postId, publication.revision);
  const rendition = await ports.render(post, publication);
  return { rendition, transport: await ports.transport(publication.channel) };
}

/** A template that is broken or a channel that can't be opened will not mend itself. */
function openingFailure(error: unknown): Failure {
  if (error instanceof DeliveryError) return error.failure;
  return { kind: "permanent", scope: "channel", code: "cannot-open", message: messageOf(error) };
}

function envelopeOf(
  delivery: ClaimedDelivery,
  publication: ChannelPublication,
  rendition: Rendition,
  ports: SendingPorts,
): Envelope {
  const { channel, postId } = publication;
  const { recipient, generation, subscriber } = delivery;
  const key = deliveryKey({ channel, postId, recipient, generation });
  const base = { key, rendition, publishedAt: publication.scheduledFor ?? publication.createdAt };
  if (!subscriber) return { ...base, recipient: null };
  const list = publication.list ?? channel;
  return {
    ...base,
    recipient: {
      ...subscriber,
      list: { name: list, title: list },
      ...ports.links(recipient, list, channel),
      viewUrl: rendition.url,
    },
  } as Envelope;
}

/**
 * One send and what it means for the row; `halt` when it says something about the whole channel.
 * @param harmless - sending twice has the effect of once: what may have been accepted is simply sent again.
 */
async function attempt(
  delivery: ClaimedDelivery,
  envelope: Envelope,
  transport: Transport,
  harmless: boolean,
  signals: DeliverySignals,
): Promise<Change | { halt: Failure }> {
  const { id } = delivery;
  try {
    const receipt = await transport.send(envelope, signals.abort);
    return { id, state: "accepted", receipt };
  } catch (error) {
    const failure = failureOf(error, harmless);
    if (failure.kind === "uncertain") return { id, state: "uncertain", failure };
    if (failure.scope === "channel") return { halt: failure };
    if (failure.kind === "permanent") return { id, state: "refused", failure };
    const attempts = delivery.attempts + 1;
    const throttled = failure.kind === "throttled";
    if (!throttled && attempts >= recipientAttempts)
      return { id, state: "refused", failure: givenUp(failure, attempts) };
    const dueIn = failure.retryAfter ?? recipientDelay(attempts);
    return { id, state: "retrying", failure, dueIn, attemptCounts: !throttled };
  }
}

/** What an adapter did not foresee may have happened after the other side accepted. */
function failureOf(error: unknown, harmless: boolean): Failure {
  const failure: Failure =
    error instanceof DeliveryError
      ? error.failure
      : { kind: "uncertain", scope: "recipient", code: "unforeseen", message: messageOf(error).slice(0, 500) };
  return failure.kind === "uncertain" && harmless ? { ...failure, kind: "temporary" } : failure;
}

function givenUp(failure: Failure, attempts: number): Failure {
  return { ...failure, message: `${failure.message} (given up after ${attempts} tries)`.slice(0, 500) };
}

/** What the queue is to do next. One row of the design's table each. */
async function conclude(
  batch: Batch,
  { publicationId, channel }: ChannelPublication,
  { halt, accepted, pauseMs, retryIn }: SendResult,
  ports: SendingPorts,
  signals: DeliverySignals,
): Promise<Outcome> {
  const { ledger, queue, log } = ports;
  if (accepted > 0) await ledger.channelWorks(publicationId, channel);
  const again = signals.stop.aborted ? 0 : retryIn;
  if (again !== null) await ledger.transaction((tx) => queue.enqueue(tx, [{ kind: "deliver", batch, delay: again }]));
  // Broken off by us: that says nothing about the channel.
  if (!halt || signals.abort.aborted) return pauseMs > 0 ? { pauseMs } : {};
  log.warn(`${channel}: ${halt.message}`, { code: halt.code, kind: halt.kind });
  if (halt.kind === "throttled") return { pauseMs: halt.retryAfter ?? channelDelay(1) };
  const failures = await ledger.channelFailed(
    publicationId,
    channel,
    halt,
    halt.kind === "permanent" ? 1 : channelAttempts,
  );
  const stalled = halt.kind === "permanent" || failures >= channelAttempts;
  return stalled ? {} : { pauseMs: halt.retryAfter ?? channelDelay(failures) };
}
