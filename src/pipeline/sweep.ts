/** Heals what a crash left: the ledger is the truth, and the queue is filled again from it. */

import type { Log } from "#core/log.ts";
import type { JobQueue, Ledger, WireLog } from "#core/ports.ts";
import { type LookPorts, lookForUncertain } from "./look.ts";
import { deliveryJobs, release } from "./publish.ts";

export interface SweepPorts extends LookPorts {
  ledger: Ledger;
  queue: JobQueue;
  idempotentAdapters: readonly string[];
  wireLog: WireLog;
  log: Log;
}

/** @param channels - the channels that this process works for. */
export async function sweep(channels: readonly string[], ports: SweepPorts): Promise<void> {
  const { ledger, queue, log } = ports;
  const recovered = await ledger.recover(ports.idempotentAdapters, ports.wireLog);
  if (recovered.uncertain + recovered.pending + recovered.accepted > 0)
    log.warn("recovered what a process that died left behind", { ...recovered });
  for (const channel of channels) await lookForUncertain(channel, ports);
  for (const publicationId of await ledger.dueReleases()) await releaseDue(publicationId, ports);
  for (const { publicationId, channel } of await ledger.dueChannels(channels)) {
    // Jobs on their way will come to these by themselves.
    if ((await queue.depth(channel)) > 0) continue;
    await ledger.transaction(async (tx) => queue.enqueue(tx, await deliveryJobs(tx, publicationId, channel, ledger)));
  }
}

/** Releases a publication whose time has come. */
export async function releaseDue(
  publicationId: string,
  { ledger, queue }: Pick<SweepPorts, "ledger" | "queue">,
): Promise<void> {
  await ledger.transaction(async (tx) => {
    await release(tx, publicationId, await ledger.channelNames(tx, publicationId), { ledger, queue });
  });
}
