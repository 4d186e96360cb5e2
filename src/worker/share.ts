/** Processor of the queues of networks and feeds: a batch, and then a word in other places on where its copies are. */

import type { Outcome } from "#core/ports/queue.ts";

type Processor = (data: unknown, stop: AbortSignal) => Promise<Outcome>;

/** Before the job ends: a process that publishes one post ends with it. */
export function sharingProcessor(processor: Processor, shareLinks: () => Promise<void>): Processor {
  return async (data, stop) => {
    const outcome = await processor(data, stop);
    await shareLinks();
    return outcome;
  };
}
