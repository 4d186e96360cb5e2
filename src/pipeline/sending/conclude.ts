/** Handles the result of a batch: for the channel, the campaign and the queue. */

import type { Outcome } from "#core/ports/queue.ts";
import type { SendingPorts } from "#core/ports/sending-ports.ts";
import type { Batch, ChannelPublication } from "#core/publishing/publication.ts";
import type { Failure } from "#core/sending/delivery.ts";
import { channelAttempts, channelDelay } from "#core/sending/retry.ts";
import { stopCanaryAtDefault } from "#core/sending/sending.ts";
import type { AdmissionPass } from "./admission.ts";

export interface SendResult {
  /** Set if every further delivery would fail in the same way. */
  halt: Failure | null;
  accepted: number;
  /** Refused and uncertain ones. */
  failed: number;
  /** Consecutive answers that refuse the sender and not the recipient. */
  blamed: number;
  /** How long the channel waits without a failure, because of the provider's limits or our own pace. */
  pauseMs: number;
  /** Milliseconds until the first retry is due. */
  retryIn: number | null;
}

/** After so many of them in a row, the campaign is paused until an operator resumes it. */
export const mostBlamed = 5;

/** Decides what the queue does next. */
export async function conclude(
  batch: Batch,
  publication: ChannelPublication,
  { halt, accepted, failed, blamed, pauseMs, retryIn }: SendResult,
  ports: SendingPorts,
  pass: AdmissionPass,
  signals: { stop: AbortSignal; abort: AbortSignal },
): Promise<Outcome> {
  const { publicationId, channel } = publication;
  const { ledger, queue } = ports;
  if (accepted > 0) await ledger.channelWorks(publicationId, channel);
  if (failed > 0 && (await stoppedByRule(publication, failed, ports))) return {};
  if (blamed >= mostBlamed) {
    await pausedAsBlamed(publication, ports);
    return {};
  }
  const again = signals.stop.aborted ? 0 : retryIn;
  if (again !== null) await ledger.transaction((tx) => queue.enqueue(tx, [{ kind: "deliver", batch, delay: again }]));
  // If this process aborted the sends, the channel has not failed.
  if (!halt || signals.abort.aborted) return pauseMs > 0 ? { pauseMs } : {};
  return pass.fail(() => channelTrouble(publication, halt, ports));
}

/** A failure of the whole channel: reported once, and retried a few times unless it is permanent. */
async function channelTrouble(
  { publicationId, channel }: ChannelPublication,
  failure: Failure,
  { ledger, log }: SendingPorts,
): Promise<Outcome> {
  const { kind, code, message, retryAfter } = failure;
  const tell = (pauseMs: number): Outcome => {
    log.warn(`${channel}: ${message}; next try in ${Math.ceil(pauseMs / 1000)} s`, { code, kind });
    return { pauseMs };
  };
  if (kind === "throttled") return tell(retryAfter ?? channelDelay(1));
  const most = kind === "permanent" ? 1 : channelAttempts;
  const failures = await ledger.channelFailed(publicationId, channel, failure, most);
  if (failures < most) return tell(retryAfter ?? channelDelay(failures));
  log.error(`${channel}: stopped: ${message}`, { code, kind });
  return {};
}

async function pausedAsBlamed(
  { publicationId, channel }: ChannelPublication,
  { ledger, log }: SendingPorts,
): Promise<void> {
  const reason = `${mostBlamed} recipients in a row were refused because of the sender (policy, x.7.x). Look at the replies in \`postrider status\`, then resume`;
  log.error(`${channel}: paused: ${reason}`);
  await ledger.control(publicationId, channel, "pause", "rule:sender-refused", reason);
}

async function stoppedByRule(
  { publicationId, channel, rules }: ChannelPublication,
  failed: number,
  { ledger, log }: SendingPorts,
): Promise<boolean> {
  const { failures, canary } = await ledger.countFailures(publicationId, channel, failed);
  const ofCanary = rules.canary?.stopAtFailures ?? stopCanaryAtDefault;
  const most = rules.stopAfterFailures;
  const told = `${failures} emails were refused or are uncertain`;
  const stop =
    most !== undefined && failures >= most
      ? { rule: "stop-after-failures", reason: `${told}; the limit is ${most}` }
      : canary !== null && failures > canary * ofCanary
        ? {
            rule: "canary",
            reason: `${told} of the first ${Math.ceil(canary)}; the other readers have not got the email yet`,
          }
        : null;
  if (!stop) return false;
  log.error(`${channel}: paused: ${stop.reason}`);
  await ledger.control(publicationId, channel, "pause", `rule:${stop.rule}`, stop.reason);
  return true;
}
