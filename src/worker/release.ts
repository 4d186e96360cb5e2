/** Processor of the releases queue: a publication whose time has come. */

import type { Ledger } from "#core/ports/ledger.ts";
import type { JobQueue, Outcome } from "#core/ports/queue.ts";
import type { IsLive } from "#core/ports/sending-ports.ts";
import { releaseDue } from "#pipeline/sending/sweep.ts";

export function releaseProcessor(ports: {
  ledger: Ledger;
  queue: JobQueue;
  isLive: IsLive;
}): (data: unknown) => Promise<Outcome> {
  return async (data) => {
    await releaseDue((data as { publicationId: string }).publicationId, ports);
    return {};
  };
}
