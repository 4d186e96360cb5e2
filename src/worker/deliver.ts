/** Processor of a channel's queue: one batch of its deliveries. */

import type { Outcome } from "#core/ports/queue.ts";
import type { SendingPorts } from "#core/ports/sending-ports.ts";
import type { Batch } from "#core/publishing/publication.ts";
import { openSharedChannels } from "#pipeline/sending/channels.ts";
import { type DeliverySignals, deliver } from "#pipeline/sending/deliver.ts";

export function deliverProcessor(
  workerId: string,
  ports: SendingPorts,
  signals: DeliverySignals,
): (data: unknown, stop: AbortSignal) => Promise<Outcome> {
  const sharedChannels = openSharedChannels(signals.abort);
  return (data, stop) =>
    deliver(data as Batch, workerId, ports, sharedChannels, {
      ...signals,
      stop: AbortSignal.any([signals.stop, stop]),
    });
}
