/** Processor of the pings queue: a hub that must hear of a changed feed. */

import type { Outcome } from "#core/ports.ts";
import { type Ping, pingHub } from "#pipeline/ping-hub.ts";

export function pingProcessor(send: typeof fetch): (data: unknown, stop: AbortSignal) => Promise<Outcome> {
  return async (data, stop) => {
    await pingHub(data as Ping, send, stop);
    return {};
  };
}
