/** Processor of the pings queue: notifies a hub of a changed feed. */

import type { Outcome } from "#core/ports/queue.ts";
import { type HubPorts, tellHub } from "#pipeline/feeds/tell-hub.ts";

export function pingProcessor(ports: HubPorts): (data: unknown, stop: AbortSignal) => Promise<Outcome> {
  return async (data, stop) => {
    await tellHub(data as { channel: string; path: string }, ports, stop);
    return {};
  };
}
