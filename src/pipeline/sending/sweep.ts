/** Recovers after a crash: fills the queue again from the ledger. */

import type { Log } from "#core/log.ts";
import type { GateLedger, PostLedger, PublicationLedger } from "#core/ports/deciding.ts";
import type { JobQueue } from "#core/ports/queue.ts";
import type { BatchLedger, RecoveryLedger } from "#core/ports/sending.ts";
import type { IsLive } from "#core/ports/sending-ports.ts";
import type { Transactions } from "#core/ports/transaction.ts";
import type { WireLog } from "#core/sending/wire-log.ts";
import { deliveryJobs, release } from "#pipeline/publishing/release.ts";
import { type LookupPorts, lookUpUncertain } from "./look-up.ts";

export interface SweepPorts extends LookupPorts {
  ledger: Transactions & PostLedger & PublicationLedger & GateLedger & BatchLedger & RecoveryLedger;
  queue: JobQueue;
  idempotentAdapters: readonly string[];
  wireLog: WireLog;
  isLive: IsLive;
  log: Log;
}

/** @param channels - the channels that this process works for. */
export async function sweep(channels: readonly string[], ports: SweepPorts): Promise<void> {
  const { ledger, queue, log } = ports;
  const recovered = await ledger.recover(ports.idempotentAdapters, ports.wireLog);
  if (recovered.uncertain + recovered.pending + recovered.accepted > 0)
    log.warn("recovered work that a stopped process left unfinished", { ...recovered });
  for (const channel of channels) await lookUpUncertain(channel, ports);
  for (const publicationId of await ledger.dueReleases()) await releaseDue(publicationId, ports);
  await ledger.closeFinished(channels);
  for (const { publicationId, channel } of await ledger.dueChannels(channels)) {
    // Jobs on their way will come to these by themselves.
    if ((await queue.depth(channel)) > 0) continue;
    await ledger.transaction(async (tx) => queue.enqueue(tx, await deliveryJobs(tx, publicationId, channel, ledger)));
  }
}

/** A page that was not there is asked for again after this, and each time half as long again, up to five minutes. */
const firstTryMs = 10_000;
const longestWaitMs = 5 * 60_000;

/** Releases a publication whose time has come, once its page is there where that is asked for. */
export async function releaseDue(
  publicationId: string,
  { ledger, queue, isLive }: Pick<SweepPorts, "ledger" | "queue" | "isLive">,
): Promise<void> {
  const gate = await ledger.gateOf(publicationId);
  if (gate) {
    if (!gate.due || gate.over) return;
    const said = await askForPage(publicationId, ledger, isLive);
    if (said !== "") {
      const nextInMs = Math.min(firstTryMs * 1.5 ** gate.tries, longestWaitMs);
      const over = gate.until.getTime() <= Date.now();
      await ledger.keepGate(publicationId, { until: gate.until, tries: gate.tries + 1, said, over }, nextInMs);
      if (!over)
        await ledger.transaction((tx) => queue.enqueue(tx, [{ kind: "release", publicationId, delay: nextInMs }]));
      return;
    }
    await ledger.transaction((tx) => ledger.openGate(tx, publicationId, "rule:gate", gate.until));
  }
  await ledger.transaction(async (tx) => {
    await release(tx, publicationId, await ledger.channelNames(tx, publicationId), { ledger, queue });
  });
}

async function askForPage(
  publicationId: string,
  ledger: Transactions & PublicationLedger & PostLedger,
  isLive: IsLive,
): Promise<string> {
  const [channel] = await ledger.transaction((tx) => ledger.channelNames(tx, publicationId));
  const publication = channel && (await ledger.channelPublication(publicationId, channel));
  return publication ? isLive(await ledger.post(publication.postId, publication.revision)) : "";
}
