/** Waits until a publication is settled, or needs an operator. */

import type { Clock } from "#core/clock.ts";
import type { ReportLedger } from "#core/ports/operating.ts";
import type { ChannelReport, PublicationReport } from "#core/publishing/publication.ts";

const pollMs = 200;

/**
 * Waits until each channel of these posts has settled, stalled or been scheduled for later.
 * @param onProgress - called each time the ledger was read.
 * @param signal - stops the waiting, not the sending; the last report is returned.
 */
export async function waitUntilSettled(
  posts: readonly string[],
  channels: readonly string[],
  { ledger, clock }: { ledger: Pick<ReportLedger, "report">; clock: Clock },
  onProgress: (reports: PublicationReport[]) => void,
  signal: AbortSignal,
): Promise<PublicationReport[]> {
  for (;;) {
    const began = performance.now();
    const reports = (await Promise.all(posts.map((post) => ledger.report(post)))).flat();
    onProgress(reports);
    if (signal.aborted || reports.every((report) => isSettledReport(report, channels))) return reports;
    // Counting a large campaign takes a while; the ledger has better things to do than to be asked.
    const pause = Math.min(pollMs + deliveries(reports) / 200, Math.max(pollMs, (performance.now() - began) * 10));
    await clock.sleep(pause, signal).catch(() => undefined);
  }
}

function deliveries(reports: readonly PublicationReport[]): number {
  const counts = reports.flatMap(({ channels }) =>
    Object.values(channels).map((channel) => Object.values(channel.counts)),
  );
  return counts.flat().reduce((sum, count) => sum + count, 0);
}

function isSettledReport(report: PublicationReport, channels: readonly string[]): boolean {
  return Object.entries(report.channels).every(
    ([name, channel]) => !channels.includes(name) || isSettledChannel(channel),
  );
}

/** Nothing is under way: all deliveries have settled, or the channel has stalled or was paused and nothing is in flight. */
export function isSettledChannel({ counts, stalled, paused, freezing, scheduledFor, gate }: ChannelReport): boolean {
  if (gate && !gate.over && (!scheduledFor || scheduledFor <= new Date())) return false;
  if (counts.sending > 0) return false;
  if (freezing && !paused) return false;
  return Boolean(stalled || paused) || counts.pending + counts.retrying === 0;
}
