/** Processor of the queues of networks and feeds: sends a batch, then lists the copies in other places. */

import type { Outcome } from "#core/ports/queue.ts";

type Processor = (data: unknown, stop: AbortSignal) => Promise<Outcome>;

/** Before the job ends, because a process that publishes one post ends after its jobs. */
export function sharingProcessor(processor: Processor, shareLinks: () => Promise<void>): Processor {
  return async (data, stop) => {
    const outcome = await processor(data, stop);
    await shareLinks();
    return outcome;
  };
}
