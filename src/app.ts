/** The composition root: the only file that knows every floor. `openSite` needs no database; `openApp` opens the ledger and the queue. */

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { loadAdapters } from "#adapters/index.ts";
import { configFile, type Environment, readEnvironment } from "#config/env.ts";
import { type Configuration, readConfiguration } from "#config/site.ts";
import { suggestion } from "#config/spelling.ts";
import { openContent } from "#content/content.ts";
import type { Adapter, Transport } from "#core/adapter.ts";
import type { Clock } from "#core/clock.ts";
import type { Content } from "#core/content.ts";
import { PostriderError } from "#core/errors.ts";
import type { FeedShelf } from "#core/feed.ts";
import type { Log } from "#core/log.ts";
import type { JobQueue, Ledger, SendingPorts, SubscriberBook, Transaction } from "#core/ports.ts";
import type { Channel } from "#core/publication.ts";
import type { Renderer } from "#core/rendition.ts";
import { signToken } from "#core/token.ts";
import { openPictures } from "#images/pictures.ts";
import type { PreviewPorts } from "#pipeline/preview.ts";
import { openRenditions } from "#pipeline/renditions.ts";
import { sweep } from "#pipeline/sweep.ts";
import { openBackend, type QueueBackend } from "#queue/backend.ts";
import { type Consumer, consume } from "#queue/consume.ts";
import { deliveries, openJobQueue, releases } from "#queue/job-queue.ts";
import { openRelay } from "#queue/relay.ts";
import { feedXml } from "#render/feed-xml.ts";
import { readOutline } from "#render/outline.ts";
import { openRenderer } from "#render/renderer.ts";
import { buildMessage } from "#smtp/message.ts";
import { type BackupCounts, backup, restore } from "#store/backup.ts";
import { type Database, openDatabase } from "#store/database.ts";
import { feedChangedAt, feedItems, lockFeed, putFeedItem } from "#store/feeds.ts";
import { openLedger } from "#store/ledger.ts";
import { migrate } from "#store/migrate.ts";
import { linkSecret } from "#store/settings.ts";
import { openSubscribers } from "#store/subscribers.ts";
import { registerWorker } from "#store/workers.ts";
import { deliverProcessor } from "#worker/deliver.ts";
import { releaseProcessor } from "#worker/release.ts";

export { earlyLogLevel } from "#config/env.ts";

/** The folder that holds `templates/` and `migrations/`: the same from source and from `dist`. */
export const packageDir = fileURLToPath(new URL("../", import.meta.url));

const sweepEveryMs = 30_000;

export interface OpenOptions {
  /** Path of `postrider.yaml`; default: `POSTRIDER_CONFIG`, else in the current folder. */
  config?: string;
  /** Folder of the embedded database; default: `.postrider` beside the configuration. */
  data?: string;
  log: Log;
}

/** What reading and rendering need: configuration, posts, templates, adapters. Connects to nobody. */
export interface SiteContext {
  config: Configuration;
  environment: Environment;
  dataDir: string;
  content: Content;
  renderer: Renderer;
  adapters: ReadonlyMap<string, Adapter>;
  clock: Clock;
  log: Log;
}

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds, signal) => sleep(milliseconds, undefined, signal && { signal }),
};

/** @throws ConfigError */
export async function openSite(options: OpenOptions): Promise<SiteContext> {
  const file = configFile(options.config);
  const environment = readEnvironment(dirname(file));
  const config = await readConfiguration(file, environment.variables);
  const own = join(config.dir, "templates");
  const renderer = await openRenderer({
    templatesDir: existsSync(own) ? own : join(packageDir, "templates"),
    site: config.site,
    pictures: openPictures({ roots: pictureRoots(config), siteUrl: config.site.url, hosts: [], fetch }),
  });
  const { log } = options;
  const tools = { site: config.site, outline: readOutline, clock: systemClock, baseDir: config.dir };
  return {
    config,
    environment,
    dataDir: options.data ?? join(config.dir, ".postrider"),
    content: openContent(config.content, tools),
    renderer,
    adapters: await loadAdapters(),
    clock: systemClock,
    log,
  };
}

/** Pictures are beside the posts, one folder up, or in what generators serve from the root of the site. */
function pictureRoots({ content, dir }: Configuration): string[] {
  const above = dirname(content.dir);
  return [content.dir, ...(above === dir ? [] : [above]), join(dir, "static"), join(dir, "public")];
}

/** The channels of these names, or all. @throws PostriderError `invalid` for a name that isn't there; ConfigError */
export function channelsNamed(
  site: SiteContext,
  names?: readonly string[],
  options?: { dummies?: boolean },
): Channel[] {
  const channels = site.config.channels(site.adapters, options);
  if (!names) return channels;
  return names.map((name) => {
    const channel = channels.find((candidate) => candidate.name === name);
    if (channel) return channel;
    const hint = suggestion(name, site.config.channelNames) || `Channels are ${site.config.channelNames.join(", ")}.`;
    throw new PostriderError("invalid", `There is no channel "${name}"`, { file: site.config.file, hint });
  });
}

export interface App extends AsyncDisposable {
  database: Database;
  backend: QueueBackend;
  ledger: Ledger;
  subscribers: SubscriberBook;
  queue: JobQueue;
  /** Migrations applied at opening. */
  applied: string[];
  /** The opened channel; the same for every call until the app closes. */
  transport(channel: string): Promise<Transport>;
  links: SendingPorts["links"];
  /** Writes the whole ledger to a file; returns rows by table. */
  backup(file: string): Promise<BackupCounts>;
  /** Fills an empty database from such a file. Keys come with it: open the app anew before anything else. */
  restore(file: string): Promise<BackupCounts>;
  /** Works for these channels until disposed: what is in hand is then finished first, unless `abort` fires. */
  startWorkers(channels: readonly Channel[], abort: AbortSignal): Promise<AsyncDisposable>;
}

/** Opens database and queue and brings both up to date. */
export async function openApp(site: SiteContext, channels: readonly Channel[]): Promise<App> {
  const { environment, log } = site;
  await using opening = new AsyncDisposableStack();
  // BullMQ holds a connection for each worker for as long as it lives; the rest is for everybody.
  const connections = channels.length + 1 + 6;
  const database = opening.use(
    await openDatabase({
      ...(environment.databaseUrl && { url: environment.databaseUrl }),
      dataDir: site.dataDir,
      connections,
      log,
    }),
  );
  const backend = opening.use(
    openBackend({ ...(environment.queueUrl && { url: environment.queueUrl }), pool: database.pool, log }),
  );
  await backend.check();
  const applied = await migrateAll(database, backend);
  const ledger = openLedger(database);
  const queue = openJobQueue(backend);
  const transports = new Map<string, Promise<Transport>>();
  opening.defer(async () => {
    const opened = await Promise.allSettled(transports.values());
    for (const result of opened) if (result.status === "fulfilled") await result.value[Symbol.asyncDispose]();
  });
  const transport = (name: string): Promise<Transport> => {
    const known = transports.get(name);
    if (known) return known;
    const opened = openTransport(site, database, name);
    transports.set(name, opened);
    opened.catch(() => transports.delete(name));
    return opened;
  };
  const secret = environment.secret ?? (await linkSecret(database.pool));
  const links = linksFor(site, secret);
  const ports: SendingPorts = {
    ledger,
    queue,
    render: openRenditions(site.renderer, site.adapters),
    transport,
    links,
    idempotentAdapters: [...site.adapters.values()].filter((a) => a.traits.idempotent).map((a) => a.name),
    log,
  };
  const subscribers = await openSubscribers(database);
  const opened = opening.move();
  return {
    database,
    backend,
    ledger,
    subscribers,
    queue,
    applied,
    transport,
    links,
    backup: (file) => backup(database, file),
    restore: (file) => restore(database, file),
    startWorkers: (names, abort) =>
      startWorkers(
        names.map((channel) => channel.name),
        abort,
        database,
        backend,
        ports,
      ),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
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

async function startWorkers(
  channels: readonly string[],
  abort: AbortSignal,
  database: Database,
  backend: QueueBackend,
  ports: SendingPorts,
): Promise<AsyncDisposable> {
  const { log } = ports;
  await using starting = new AsyncDisposableStack();
  const worker = starting.use(await registerWorker(database.pool, log));
  await sweep(channels, ports);
  starting.use(openRelay(backend, database.transaction, log));
  const stop = new AbortController();
  const signals = {
    stop: AbortSignal.any([stop.signal, worker.fenced]),
    abort: AbortSignal.any([abort, worker.fenced]),
  };
  const consumers: Consumer[] = channels.map((channel) =>
    consume(backend, deliveries(channel), deliverProcessor(worker.id, ports, signals)),
  );
  consumers.push(consume(backend, releases, releaseProcessor(ports)));
  // All at once: each waits for the job in its hand.
  starting.defer(async () => {
    stop.abort(new Error("stopping"));
    await Promise.all(consumers.map((consumer) => consumer[Symbol.asyncDispose]()));
  });
  const timer = setInterval(() => {
    sweep(channels, ports).catch((error: Error) => log.warn("sweep failed", { error: error.message }));
  }, sweepEveryMs);
  starting.defer(() => clearInterval(timer));
  return starting.move();
}

async function openTransport(site: SiteContext, database: Database, name: string): Promise<Transport> {
  const [channel] = channelsNamed(site, [name]);
  const adapter = channel && site.adapters.get(channel.adapter);
  if (!adapter) throw new PostriderError("not_found", `There is no channel "${name}"`);
  return adapter.open(channel.config, {
    channel: name,
    site: site.config.site,
    publicUrl: publicUrl(site),
    baseDir: site.config.dir,
    fetch,
    clock: site.clock,
    log: site.log,
    feed: feedShelf(site, database, name),
  });
}

function publicUrl({ config }: SiteContext): string {
  return config.serverUrl ?? config.site.url;
}

/** What `preview` works with: everything but a connection. */
export function openPreview(site: SiteContext): PreviewPorts {
  const links = linksFor(site, "preview");
  return {
    renderer: site.renderer,
    adapters: site.adapters,
    channels: channelsNamed(site, undefined, { dummies: true }),
    buildMail: (envelope, channel) => buildMessage(envelope, channel.config as { from: string; replyTo?: string }),
    feedXml: (items) => {
      const selfUrl = `${publicUrl(site)}/feed.xml`;
      const changedAt = items[0]?.updatedAt ?? site.clock.now();
      return feedXml({ site: site.config.site, selfUrl, changedAt }, items);
    },
    unsubscribeUrl: (channel) => links("preview", "preview", channel).unsubscribeUrl,
  };
}

/** One writer at a time for each feed, so that no file ever lacks what another had just put into it. */
function feedShelf(site: SiteContext, database: Database, channel: string): FeedShelf {
  return {
    put: (rendition, { selfUrl, limit }, write) =>
      database.transaction(async (tx: Transaction) => {
        await lockFeed(tx, channel);
        await putFeedItem(tx, channel, rendition);
        const items = await feedItems(tx, channel, limit);
        const decisive = JSON.stringify([site.config.site, selfUrl, items]);
        const changedAt = await feedChangedAt(tx, channel, decisive);
        await write(feedXml({ site: site.config.site, selfUrl, changedAt }, items));
        return { guid: items.find((item) => item.rendition.postId === rendition.postId)?.guid ?? "" };
      }),
  };
}

/** Where a reader leaves: a page of ours when `server.url` is set, otherwise a mail to the sender. */
function linksFor(site: SiteContext, secret: string): SendingPorts["links"] {
  const { serverUrl } = site.config;
  return (recipient, list, channel) => ({
    unsubscribeUrl: serverUrl
      ? `${serverUrl}/unsubscribe/${signToken(secret, "unsubscribe", [recipient, list])}`
      : unsubscribeByMail(channelsNamed(site, [channel], { dummies: true })[0]),
  });
}

function unsubscribeByMail(channel: Channel | undefined): string {
  const { replyTo, from } = (channel?.config ?? {}) as { replyTo?: string; from?: string };
  const sender = replyTo ?? from ?? "";
  return `mailto:${/<([^<>]+)>/.exec(sender)?.[1] ?? sender}?subject=unsubscribe`;
}
