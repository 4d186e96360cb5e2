/** Processor of a channel's queue: one batch of its deliveries. */

import type { Transport } from "#core/adapter.ts";
import type { Outcome, SendingPorts } from "#core/ports.ts";
import type { Batch } from "#core/publication.ts";
import { type DeliverySignals, deliver } from "#pipeline/deliver.ts";
import { openStream, type Stream } from "#pipeline/stream.ts";

export function deliverProcessor(
  workerId: string,
  ports: SendingPorts,
  signals: DeliverySignals,
): (data: unknown, stop: AbortSignal) => Promise<Outcome> {
  const streams = new WeakMap<Transport, Stream>();
  const streamOf = (transport: Transport): Stream => {
    const known = streams.get(transport) ?? openStream(transport, signals.abort);
    streams.set(transport, known);
    return known;
  };
  return (data, stop) =>
    deliver(data as Batch, workerId, ports, streamOf, { ...signals, stop: AbortSignal.any([signals.stop, stop]) });
}
