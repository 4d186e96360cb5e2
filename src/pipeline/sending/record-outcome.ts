/** Records the outcome of one delivery: in the ledger, and for the rest of its batch. */

import type { Change, ClaimedDelivery } from "#core/ports/sending.ts";
import type { SendingPorts } from "#core/ports/sending-ports.ts";
import type { ChannelPublication } from "#core/publishing/publication.ts";
import type { Failure } from "#core/sending/delivery.ts";
import { recipientAttempts, recipientDelay } from "#core/sending/retry.ts";
import type { ClaimLog } from "#core/sending/wire-log.ts";
import type { SendResult } from "./conclude.ts";
import type { Commit } from "./group-commit.ts";
import type { Turns } from "./pace.ts";
import type { Sent } from "./stream.ts";

export interface Recording {
  result: SendResult;
  idempotent: boolean;
  publication: ChannelPublication;
  commit: Commit;
  turns: Pick<Turns, "failed">;
  ports: SendingPorts;
}

/** For recovery, if this process ends before the ledger is updated. */
export function logAnswer(wire: ClaimLog, { id }: ClaimedDelivery, sent: Sent): void {
  if ("receipt" in sent) wire.accepted(id, sent.receipt);
  else if ("withdrawn" in sent || sent.failure.kind !== "uncertain") wire.notTaken(id);
}

/** Records the result of one delivery. */
export async function recordOutcome(delivery: ClaimedDelivery, sent: Sent, recording: Recording): Promise<void> {
  const { result, commit, publication, ports } = recording;
  const change = changeOf(delivery, sent, recording);
  if ("halt" in change) {
    result.halt ??= change.halt;
    await commit({ id: delivery.id, state: "pending" });
    return;
  }
  if ("failure" in sent && isAboutUs(sent.failure)) result.blamed++;
  if (change.state === "accepted") {
    result.accepted++;
    result.blamed = 0;
    result.pauseMs = Math.max(result.pauseMs, change.receipt.pauseMs ?? 0);
  }
  // A relay that loses one answer may lose the next. So the others wait, or they would become uncertain, too.
  if (change.state === "uncertain") result.halt ??= { ...change.failure, kind: "temporary", scope: "channel" };
  if (change.state === "refused" || change.state === "uncertain") result.failed++;
  if (change.state === "retrying") {
    result.retryIn = Math.min(result.retryIn ?? Infinity, change.dueIn);
    if (!isAboutUs(change.failure)) await recording.turns.failed(delivery, change.failure);
  }
  const ours = await commit(change);
  if (!ours && change.state === "accepted") {
    const { publicationId, channel } = publication;
    ports.log.error(`${channel}: accepted after losing the claim: possible duplicate`, { delivery: delivery.id });
    await ports.ledger.alarm("accepted-not-ours", publicationId, channel, { delivery: delivery.id });
  }
}

/**
 * The new state of a delivery for an outcome; `halt` if the outcome concerns the whole channel. If the adapter is
 * idempotent, a delivery that may have been accepted is simply sent again.
 */
function changeOf(delivery: ClaimedDelivery, sent: Sent, { idempotent }: Recording): Change | { halt: Failure } {
  const { id } = delivery;
  if ("withdrawn" in sent) return { id, state: "pending" };
  if ("receipt" in sent) return { id, state: "accepted", receipt: sent.receipt };
  const failure: Failure =
    sent.failure.kind === "uncertain" && idempotent ? { ...sent.failure, kind: "temporary" } : sent.failure;
  if (failure.kind === "uncertain") return { id, state: "uncertain", failure };
  if (failure.scope === "channel") return { halt: failure };
  if (failure.kind === "permanent" && !isAboutUs(failure)) return { id, state: "refused", failure };
  const attempts = delivery.attempts + 1;
  const throttled = failure.kind === "throttled";
  if (!throttled && attempts >= recipientAttempts) return { id, state: "refused", failure: givenUp(failure, attempts) };
  const dueIn = failure.retryAfter ?? recipientDelay(attempts);
  return { id, state: "retrying", failure, dueIn, attemptCounts: !throttled };
}

/** RFC 3463 §3.8: security or policy. A sender with a bad reputation is refused for every recipient; their addresses are fine. */
function isAboutUs({ enhanced = "" }: Failure): boolean {
  return /^[45]\.7\./.test(enhanced);
}

function givenUp(failure: Failure, attempts: number): Failure {
  return { ...failure, message: `${failure.message} (gave up after ${attempts} tries)`.slice(0, 500) };
}
