/**
 * Sends one batch: finds due deliveries, waits for its turn, commits the intent, sends and settles them; then tells
 * the queue what to do next.
 */

import type { Transport } from "#core/adapter.ts";
import { messageOf } from "#core/errors.ts";
import type { Outcome } from "#core/ports/queue.ts";
import type { ClaimedDelivery } from "#core/ports/sending.ts";
import type { SendingPorts } from "#core/ports/sending-ports.ts";
import type { Batch, ChannelPublication } from "#core/publishing/publication.ts";
import type { Rendition } from "#core/renditions/rendition.ts";
import type { Failure } from "#core/sending/delivery.ts";
import { quietFor } from "#core/sending/sending.ts";
import type { ClaimLog } from "#core/sending/wire-log.ts";
import type { AdmissionPass } from "./admission.ts";
import type { SharedChannels } from "./channels.ts";
import { conclude, mostBlamed, type SendResult } from "./conclude.ts";
import { envelopeOf } from "./envelope.ts";
import { groupCommit } from "./group-commit.ts";
import { openTurns, type Turns } from "./pace.ts";
import { logAnswer, type Recording, recordOutcome } from "./record-outcome.ts";
import { failureOf, groupSize, type Sent, type Stream } from "./stream.ts";
import { underSubject, underSubjects } from "./subjects.ts";

export interface DeliverySignals {
  /** Start nothing new; finish the work in progress. */
  stop: AbortSignal;
  /** Abort the work in progress, too. */
  abort: AbortSignal;
}

/** @param workerId - the registered worker that the claims belong to. */
export function deliver(
  batch: Batch,
  workerId: string,
  ports: SendingPorts,
  { admissionOf, streamOf }: SharedChannels,
  signals: DeliverySignals,
): Promise<Outcome> {
  return admissionOf(batch.channel).enter(batch.publicationId, async (pass) => {
    const { ledger } = ports;
    const publication = await ledger.channelPublication(batch.publicationId, batch.channel);
    if (!publication || isHalted(publication) || signals.stop.aborted) return {};
    const quietMs = publication.rules.quiet ? quietFor(publication.rules.quiet, ports.clock.now()) : 0;
    if (quietMs > 0) return { pauseMs: quietMs };
    const claim = await ledger.claim(batch, workerId);
    try {
      if (claim.deliveries.length === 0) return {};
      const result = await send(publication, claim, ports, streamOf, pass, signals);
      return await conclude(batch, publication, result, ports, pass, signals);
    } finally {
      await ledger.closeClaim(claim.id);
    }
  });
}

function isHalted({ stalled, paused, cancelledAt }: ChannelPublication): boolean {
  return Boolean(stalled || paused || cancelledAt);
}

async function send(
  publication: ChannelPublication,
  claim: { id: string; deliveries: readonly ClaimedDelivery[] },
  ports: SendingPorts,
  streamOf: SharedChannels["streamOf"],
  pass: AdmissionPass,
  signals: DeliverySignals,
): Promise<SendResult> {
  const { ledger } = ports;
  const result: SendResult = { halt: null, accepted: 0, failed: 0, blamed: 0, pauseMs: 0, retryIn: null };
  const opened = await open(publication, ports).catch((error: unknown) => {
    result.halt = openingFailure(error);
    return null;
  });
  if (!opened) return result;
  const { rendition, transport } = opened;
  if (transport.concurrency === 0) return { ...result, retryIn: noSlotRetryMs };
  const { deliveries, subject, retryIn } = await underSubjects(publication, claim.deliveries, ledger);
  result.retryIn = retryIn;
  const stream = streamOf(transport);
  const commit = groupCommit((changes, again) => ledger.record(claim.id, changes, again), ports);
  using wire = ports.wireLog.open(claim.id);
  const turns = await openTurns(deliveries, publication, ports);
  const idempotent = ports.idempotentAdapters.includes(publication.adapter);
  const troubles: unknown[] = [];
  const goesOn = (): boolean =>
    !result.halt &&
    troubles.length === 0 &&
    !signals.stop.aborted &&
    result.blamed < mostBlamed &&
    withinLimit(result, publication);
  const recording = { result, idempotent, publication, commit, turns, ports };
  const underWay = openUnderWay({ stream, wire, rendition, subject, pass, goesOn, troubles, recording });

  try {
    await sendInTurns({ claimId: claim.id, transport, turns, underWay, pass, goesOn, stop: signals.stop, recording });
  } catch (error) {
    troubles.push(error);
  }
  // Also after an error: the running sends write to this claim's wire log until they end.
  await underWay.ended();
  if (troubles.length > 0) throw troubles[0];
  wire.complete();
  const deferred = await turns.close();
  if (deferred !== null) result.retryIn = Math.min(result.retryIn ?? Infinity, deferred);
  return result;
}

interface Sending {
  claimId: string;
  transport: Transport;
  turns: Turns;
  underWay: UnderWay;
  pass: AdmissionPass;
  goesOn: () => boolean;
  stop: AbortSignal;
  recording: Recording;
}

/** Sends one group after the other until none is left, the channel has to wait, or the claim is no longer ours. */
async function sendInTurns({ claimId, transport, turns, underWay, pass, goesOn, stop, recording }: Sending) {
  const { publication, result, ports } = recording;
  const { ledger } = ports;
  while (goesOn()) {
    // The first goes alone: a wrong password is then tried once and not once for each connection.
    const turn = await turns.next(pass.proven ? groupSize(transport) : 1, stop);
    if ("pauseMs" in turn) {
      result.pauseMs = turn.pauseMs;
      return;
    }
    if (turn.group.length === 0) return;
    const ours = await ledger.intend(
      claimId,
      turn.group.map(({ id }) => id),
    );
    for (const delivery of turn.group) if (ours.has(delivery.id)) await underWay.put(delivery);
    if (!pass.proven) await underWay.ended();
    // Claim lost, or campaign paused.
    if (
      ours.size === 0 &&
      isHalted((await ledger.channelPublication(publication.publicationId, publication.channel)) ?? publication)
    )
      return;
  }
}

/** Deliveries in the stream whose outcome is not recorded yet. */
interface UnderWay {
  /** Resolves once there is room for the next one. */
  put(delivery: ClaimedDelivery): Promise<void>;
  /** Resolves once all outcomes are recorded. */
  ended(): Promise<unknown>;
}

interface UnderWayOptions {
  stream: Stream;
  wire: ClaimLog;
  rendition: Rendition;
  /** Of deliveries that have none of their own. */
  subject: number | null;
  pass: AdmissionPass;
  goesOn: () => boolean;
  /** Gets the errors of recording outcomes. */
  troubles: unknown[];
  recording: Recording;
}

function openUnderWay(options: UnderWayOptions): UnderWay {
  const { stream, wire, rendition, subject, pass, goesOn, troubles, recording } = options;
  const { publication, ports } = recording;
  const unrecorded = new Set<Promise<void>>();
  return {
    put(delivery) {
      const { promise, resolve } = Promise.withResolvers<Sent>();
      const recorded = promise
        .then((sent) => {
          logAnswer(wire, delivery, sent);
          if ("receipt" in sent) pass.prove();
          return recordOutcome(delivery, sent, recording);
        })
        .catch((error: unknown) => void troubles.push(error))
        .finally(() => unrecorded.delete(recorded));
      unrecorded.add(recorded);
      const begin = (): void => wire.begun(delivery.id);
      const mail = underSubject(rendition, delivery.subject ?? subject);
      return stream.put(envelopeOf(delivery, publication, mail, ports.links), {
        wanted: goesOn,
        begin,
        settle: resolve,
      });
    },
    ended: () => Promise.all(unrecorded),
  };
}

function withinLimit({ failed }: SendResult, { rules }: ChannelPublication): boolean {
  return rules.stopAfterFailures === undefined || failed < rules.stopAfterFailures;
}

async function open(
  publication: ChannelPublication,
  ports: SendingPorts,
): Promise<{ rendition: Rendition; transport: Transport }> {
  const rendition = await ports.rendition(publication);
  return { rendition, transport: await ports.transport(publication.channel) };
}

/** A retry doesn't help if a template is broken or a channel can't be opened. */
function openingFailure(error: unknown): Failure {
  const failure = failureOf(error);
  return failure.code === "unforeseen"
    ? { kind: "permanent", scope: "channel", code: "cannot-open", message: messageOf(error) }
    : failure;
}

/** If there are more processes than connections, one without a connection tries again after this time. */
const noSlotRetryMs = 2_000;
