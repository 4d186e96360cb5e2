/** The tasks of `maintenance` jobs: recover unfinished work, rebuild feeds, delete old records. */

import type { OccurrenceBook } from "#core/jobs/occurrence.ts";
import type { SendingPorts } from "#core/ports/sending-ports.ts";
import type { Channel } from "#core/publishing/publication.ts";
import type { Maintenance } from "#pipeline/jobs/housekeeping.ts";
import { sweep } from "#pipeline/sending/sweep.ts";
import type { Database } from "#store/database/database.ts";
import {
  prunableEvents,
  prunableLimits,
  prunableMails,
  pruneEvents,
  pruneLimits,
  pruneMails,
} from "#store/database/prune.ts";
import type { FeedDesk } from "../feed-desk.ts";

export function openMaintenance(
  database: Database,
  ports: SendingPorts,
  channels: readonly Channel[],
  desk: FeedDesk,
  occurrences: OccurrenceBook,
): Maintenance {
  const names = channels.map(({ name }) => name);
  const feeds = channels.filter(({ medium }) => medium === "feed");
  return {
    async sweep(_keep, dryRun) {
      if (!dryRun) {
        await sweep(names, ports);
        return "recovered unfinished work";
      }
      const releases = await ports.ledger.dueReleases();
      const due = await ports.ledger.dueChannels(names);
      return `would recover unfinished work (publications to release: ${releases.length}, channels with due deliveries: ${due.length})`;
    },
    async feeds(_keep, dryRun) {
      if (dryRun)
        return feeds.length > 0 ? `would rebuild ${feeds.map(({ name }) => name).join(", ")}` : "there are no feeds";
      let files = 0;
      for (const channel of feeds) files += (await desk.rebuild(channel, await ports.transport(channel.name))).length;
      return `${files} files`;
    },
    async prune({ seconds, mailsSeconds, eventsSeconds }, dryRun) {
      const { pool, transaction } = database;
      const ago = (age: number): Date => new Date(ports.clock.now().getTime() - age * 1000);
      const before = ago(seconds);
      const limits = await (dryRun ? prunableLimits : pruneLimits)(pool, before);
      const runs = await (dryRun ? occurrences.prunable(before) : occurrences.prune(before));
      const told = [`${runs} job runs that had nothing to do`, `${limits} unused rate limits`];
      if (mailsSeconds !== undefined)
        told.push(
          `${await (dryRun ? prunableMails : pruneMails)(pool, ago(mailsSeconds))} emails of finished campaigns`,
        );
      if (eventsSeconds !== undefined) {
        const until = ago(eventsSeconds);
        const events = dryRun ? prunableEvents(pool, until) : transaction((tx) => pruneEvents(tx, until));
        told.push(`${await events} events of single deliveries`);
      }
      return `${dryRun ? "would delete " : ""}${told.join(", ")}`;
    },
  };
}
