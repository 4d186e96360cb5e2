/** Opens the ledger and the queue of a site, and connects all floors. */

import { existsSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import type { Ledger } from "#core/ports/ledger.ts";
import type { JobQueue } from "#core/ports/queue.ts";
import type { SendingPorts } from "#core/ports/sending-ports.ts";
import type { Channel } from "#core/publishing/publication.ts";
import type { SubscriberBook } from "#core/readers/subscriber-book.ts";
import type { DeskPorts } from "#desk/ports.ts";
import type { Server } from "#http/server.ts";
import type { TellPorts } from "#pipeline/campaigns/tell-operator.ts";
import { openRecognition, type Recognition } from "#pipeline/publishing/recognise.ts";
import type { LetterPorts } from "#pipeline/readers/letters.ts";
import { openBackend, type QueueBackend } from "#queue/backend.ts";
import { openJobQueue } from "#queue/job-queue.ts";
import { openAuditBook } from "#store/audit/audit-book.ts";
import { type BackupCounts, backup } from "#store/database/backup.ts";
import { type Database, openDatabase } from "#store/database/database.ts";
import { arm, fence } from "#store/database/fence.ts";
import type { HolderWatch } from "#store/database/holder.ts";
import { migrate } from "#store/database/migrate.ts";
import { restore } from "#store/database/restore.ts";
import { linkSecret } from "#store/database/settings.ts";
import { withdrawItem } from "#store/feeds/feeds.ts";
import { openHookBook } from "#store/hooks/hook-book.ts";
import { keepHooks, openHookOutbox } from "#store/hooks/hook-outbox.ts";
import { openImport } from "#store/imports/imports.ts";
import { openAlerts } from "#store/jobs/alerts.ts";
import { openLedger } from "#store/ledger.ts";
import { openListings } from "#store/listings/listings.ts";
import { openIdentities } from "#store/people/identities.ts";
import { openPasskeys } from "#store/people/passkeys.ts";
import { openPeople } from "#store/people/people.ts";
import { openSessions } from "#store/people/sessions.ts";
import { openTokens } from "#store/people/tokens.ts";
import { openPlanBook } from "#store/publications/plans.ts";
import { engagementOf } from "#store/readers/engagement.ts";
import { openLetterStore } from "#store/readers/letters.ts";
import { openSubscribers } from "#store/readers/subscribers.ts";
import { openSuppressions } from "#store/readers/suppressions.ts";
import { openRequestBook } from "#store/requests/request-book.ts";
import { deskPorts } from "./desk.ts";
import { type FeedDesk, keepFeeds, openFeedDesk } from "./feed-desk.ts";
import { type JobDesk, openJobDesk } from "./jobs/job-desk.ts";
import { startScheduler } from "./jobs/scheduler.ts";
import { letterLinksFor } from "./links.ts";
import { openSending } from "./sending.ts";
import { type BounceDesk, openBounceDesk, watchMailbox } from "./serving/bounces.ts";
import { hookFetch, watchHooks } from "./serving/hooks.ts";
import { runRetention, watchRetention } from "./serving/retention.ts";
import { startWatch } from "./serving/watch.ts";
import { startWorkers } from "./serving/workers.ts";
import { mailChannels, type SiteContext } from "./site.ts";

/** Everything that is open in a process. It has many members because each command uses other ones; acts and verbs get ports instead. */
export interface App extends AsyncDisposable {
  database: Database;
  backend: QueueBackend;
  ledger: Ledger;
  subscribers: SubscriberBook;
  /** Handles bounces and complaints. */
  bounces: BounceDesk;
  queue: JobQueue;
  /** The migrations that were applied when the app opened. */
  applied: string[];
  feeds: FeedDesk;
  /** Watches the posts until disposed. New posts are offered to the jobs. `tell` gets a sentence about each changed post. */
  startWatch(channels: readonly Channel[], tell: (path: string, sentence: string) => void): Promise<AsyncDisposable>;
  /** The ports of the operator's acts. */
  desk: DeskPorts;
  /** The declared jobs. */
  jobs: JobDesk;
  /** Until disposed: runs due jobs, keeps feeds up to date, and reads the bounce mailbox. */
  startScheduler(): Promise<AsyncDisposable>;
  /** Answers HTTP until disposed. */
  startServer(channels: readonly Channel[], listen?: { host?: string; port?: number }): Promise<Server>;
  /** Writes the whole ledger to a file; returns rows by table. */
  backup(file: string): Promise<BackupCounts>;
  /** Fills an empty database from such a file. The file contains keys, so open the app again before you do anything else. */
  restore(file: string): Promise<BackupCounts>;
  /** Why this database must not send; `null` if it may. */
  fence(): Promise<string | null>;
  /** Sends for these channels until disposed. Work in progress is finished first, unless `abort` fires. */
  startWorkers(channels: readonly Channel[], abort: AbortSignal): Promise<AsyncDisposable>;
}

/** Opens database and queue, and updates their schemas. @param holder - default: the log reports when the process that has the database open ends. */
export async function openApp(site: SiteContext, channels: readonly Channel[], holder?: HolderWatch): Promise<App> {
  const { environment, log } = site;
  await using opening = new AsyncDisposableStack();
  const database = opening.use(await databaseFor(site, channels, holder));
  const backend = opening.use(
    openBackend({ ...(environment.queueUrl && { url: environment.queueUrl }), pool: database.pool, log }),
  );
  await backend.check();
  const applied = await migrateAll(database, backend);
  await keepHooks(database, site.config.webhooks);
  const ledger = openLedger(database, { knownSince: site.content.knownSince, warn: log.warn });
  const queue = openJobQueue(backend);
  const secret = environment.secret ?? (await linkSecret(database.pool));
  const sending = opening.use(openSending({ site, channels, database, queue, ledger, secret }));
  const { ports, openChannel, shares } = sending;
  const subscribers = await openSubscribers(database);
  const recognition = recognitionIn(site, ledger);
  const feeds = openFeedDesk(site, database, ledger, recognition);
  const jobs = openJobDesk({
    ...{ site, database, backend, ports, channels, recognition, feeds, secret },
    lists: subscribers.listNames,
  });
  const bounces = openBounceDesk(database, secret, site.config.bounces, log);
  const desk = deskPorts(site, {
    ...{ ports, recognition, jobs, editions: jobs.editions, feeds, openChannel, audit: openAuditBook(database) },
    requests: openRequestBook(database),
    plans: openPlanBook(database),
    hooks: openHookBook(database),
    readers: {
      subscribers,
      suppressions: await openSuppressions(database),
      openImport: (options) => openImport(database, options, site.config.site.timezone),
      retain: (dryRun) => runRetention(database, site.config.retention, dryRun),
    },
    listings: openListings(database, subscribers),
    people: {
      ...{ people: openPeople(database), tokens: openTokens(database), sessions: openSessions(database) },
      ...{ identities: openIdentities(database), passkeys: openPasskeys(database) },
    },
    withdrawItems: (postId, names) => database.transaction((tx) => withdrawItem(tx, postId, names)),
    engagement: (post, list) => engagementOf(database.pool, post, list),
    arm: (actor) => arm(database, actor),
    fence: () => fence(database),
  });
  const working = { database, backend, ports, shares, ...besideSending(site, database, ports, secret) };
  const opened = opening.move();
  return {
    ...{ database, backend, ledger, subscribers, bounces, queue, applied, desk, feeds, jobs },
    startWatch: (watched, tell) => startWatch(site, watched, { ...ports, recognition, jobs }, tell),
    startScheduler: async () => {
      await using starting = new AsyncDisposableStack();
      starting.use(await startScheduler(jobs, backend, log));
      starting.use(watchRetention(database, site.config.retention, log));
      starting.use(keepFeeds(channels, feeds, ports.transport, log));
      const { mailbox } = site.config.bounces;
      if (mailbox) starting.use(watchMailbox(bounces, mailbox.everyMinutes, log));
      return starting.move();
    },
    async startServer(served, listen) {
      // Loaded only when needed: it takes 60 ms, and most commands start no server.
      const { startServer } = await import("./serving/server.ts");
      return startServer(site, database, backend, { ports, bounces, jobs, desk, secret }, served, listen);
    },
    backup: (file) => backup(database, file),
    restore: (file) => restore(database, file),
    fence: () => fence(database),
    startWorkers: (names, abort) => startWorkers(names, abort, working),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

function databaseFor(
  { environment, dataDir, log }: SiteContext,
  channels: readonly Channel[],
  holder: HolderWatch | undefined,
): Promise<Database> {
  // BullMQ keeps one connection for each worker, and the server one for LISTEN. The rest is shared.
  const connections = channels.length + 3 + 7;
  return openDatabase({
    ...(environment.databaseUrl && { url: environment.databaseUrl }),
    ...{ dataDir, connections, log },
    ...(holder && { holder }),
  });
}

function recognitionIn({ config, log }: SiteContext, ledger: Ledger): Recognition {
  const { content, dir } = config;
  return openRecognition({
    ledger,
    isThere: (fileName) => existsSync(join(content.dir, fileName)),
    fileNameOf: (path) => relative(content.dir, resolve(dir, path)).replaceAll(sep, "/"),
    warn: log.warn,
  });
}

/** Other work of the workers: emails about subscriptions, alerts to the operator, and messages to webhooks. */
function besideSending(
  site: SiteContext,
  database: Database,
  { transport, queue }: SendingPorts,
  secret: string,
): { letterPorts: LetterPorts; alerts: TellPorts; openHooks: () => AsyncDisposable } {
  const { config, renderer, log } = site;
  return {
    letterPorts: {
      ...{ letters: openLetterStore(database), renderer, transport, queue, log },
      channelOf: (list) => mailChannels(site).find((channel) => channel.list === list)?.name,
      links: letterLinksFor(site, secret),
      transaction: database.transaction,
    },
    alerts: {
      alerts: openAlerts(database, log),
      url: config.alertsUrl ?? null,
      site: config.site.title,
      send: fetch,
    },
    openHooks: () =>
      watchHooks(config.webhooks, {
        ...{ outbox: openHookOutbox(database), fetchFor: hookFetch, clock: site.clock, log },
      }),
  };
}

/** Our migrations and BullMQ's, in that order, each once. */
async function migrateAll(database: Database, backend: QueueBackend): Promise<string[]> {
  const applied = await migrate(database);
  const client = await database.pool.connect();
  try {
    await backend.migrate(client);
  } finally {
    client.release();
  }
  return applied;
}
