/** The composition root: the only file that knows every floor. `openSite` needs no database; `openApp` opens the ledger and the queue. */

import { existsSync, readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { loadAdapters } from "#adapters/index.ts";
import { configFile, type Environment, readEnvironment } from "#config/env.ts";
import { type Configuration, readConfiguration } from "#config/site.ts";
import { suggestion } from "#config/spelling.ts";
import { type CheckCache, openCheckCache } from "#content/check-cache.ts";
import { openContent } from "#content/content.ts";
import { openLinkCheck } from "#content/dead-links.ts";
import { presetNames } from "#content/presets.ts";
import { switchableRules } from "#content/rules.ts";
import { rulesTable } from "#content/rules-table.ts";
import type { Adapter, Transport } from "#core/adapter.ts";
import type { Clock } from "#core/clock.ts";
import type { Content } from "#core/content.ts";
import { PostriderError } from "#core/errors.ts";
import type { FeedPage } from "#core/feed.ts";
import { sha256 } from "#core/idempotency.ts";
import type { Log } from "#core/log.ts";
import type { JobQueue, Ledger, SendingPorts, SubscriberBook } from "#core/ports.ts";
import type { Channel } from "#core/publication.ts";
import type { Renderer } from "#core/rendition.ts";
import { signToken } from "#core/token.ts";
import { openServer, type Server } from "#http/server.ts";
import { openFeedShelf } from "#pipeline/feed-shelf.ts";
import type { PreviewPorts } from "#pipeline/preview.ts";
import { openRenditions } from "#pipeline/renditions.ts";
import { sweep } from "#pipeline/sweep.ts";
import { openBackend, type QueueBackend } from "#queue/backend.ts";
import { type Consumer, consume } from "#queue/consume.ts";
import { deliveries, openJobQueue, pings, releases } from "#queue/job-queue.ts";
import { openRelay } from "#queue/relay.ts";
import { openFeedWriter } from "#render/feed-writer.ts";
import { readOutline } from "#render/outline.ts";
import { openRenderer } from "#render/renderer.ts";
import { buildMessage } from "#smtp/message.ts";
import { type BackupCounts, backup, restore } from "#store/backup.ts";
import { type Database, openDatabase } from "#store/database.ts";
import { openFeedLibrary } from "#store/feed-library.ts";
import { feedStore, withdrawItem } from "#store/feeds.ts";
import { openLedger } from "#store/ledger.ts";
import { migrate } from "#store/migrate.ts";
import { linkSecret } from "#store/settings.ts";
import { openSubscribers } from "#store/subscribers.ts";
import { registerWorker } from "#store/workers.ts";
import { deliverProcessor } from "#worker/deliver.ts";
import { pingProcessor } from "#worker/ping.ts";
import { releaseProcessor } from "#worker/release.ts";

export { earlyLogLevel } from "#config/env.ts";
export { comparePosts } from "#content/compare.ts";
export { rulesTable } from "#content/rules-table.ts";
export { type Suggestion, suggestPreset } from "#content/suggest.ts";

export const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};

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
  const config = await readConfiguration(file, environment.variables, {
    presets: presetNames(),
    checks: switchableRules,
  });
  const renderer = await openRenderer({ templatesDir: templatesDir(config), site: config.site });
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

/** The site's own templates, else ours. */
function templatesDir(config: Configuration): string {
  const own = join(config.dir, "templates");
  return existsSync(own) ? own : join(packageDir, "templates");
}

/** What checking posts came to, kept in the data folder under everything that could change it besides the posts. */
export async function openPostChecks<T>(site: SiteContext, channels: readonly Channel[]): Promise<CheckCache<T>> {
  const { config, dataDir, clock } = site;
  const templates = await readdir(templatesDir(config), { recursive: true, withFileTypes: true });
  const files = templates.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const texts = await Promise.all(files.sort().map((file) => readFile(file, "utf8")));
  const rendered = channels.map(({ name, adapter, config: settings }) => [
    name,
    adapter,
    sha256(JSON.stringify(settings)),
  ]);
  const fingerprint = sha256(JSON.stringify([version, rulesTable(), config.site, config.content, rendered, texts]));
  return openCheckCache<T>(join(dataDir, "checks.json"), fingerprint, clock.now);
}

/** Looks for links of a post whose pages are gone. */
export function openDeadLinks(): ReturnType<typeof openLinkCheck> {
  return openLinkCheck(readOutline);
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
  /** Opens a channel with other settings than the configured ones. The caller disposes of it. */
  openChannel(channel: Channel): Promise<Transport>;
  /** Takes a post back in every feed; a rebuild then shows it as withdrawn. Returns the feeds that had it. */
  withdraw(postId: string): Promise<string[]>;
  /** Answers HTTP until disposed. */
  startServer(channels: readonly Channel[], listen?: { host?: string; port?: number }): Promise<Server>;
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
  // BullMQ holds a connection for each worker for as long as it lives, the server one to listen; the rest is for everybody.
  const connections = channels.length + 2 + 7;
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
  const openChannel = (channel: Channel): Promise<Transport> => openTransport(site, database, queue, channel);
  const open = async (name: string): Promise<Transport> => {
    const [channel] = channelsNamed(site, [name]);
    if (!channel) throw new PostriderError("not_found", `There is no channel "${name}"`);
    return openChannel(channel);
  };
  const transports = new Map<string, Promise<Transport>>();
  opening.defer(async () => {
    const opened = await Promise.allSettled(transports.values());
    for (const result of opened) if (result.status === "fulfilled") await result.value[Symbol.asyncDispose]();
  });
  const transport = (name: string): Promise<Transport> => {
    const known = transports.get(name);
    if (known) return known;
    const opened = open(name);
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
    openChannel,
    withdraw: (postId) => database.transaction((tx) => withdrawItem(tx, postId)),
    startServer: (served, listen) => startServer(site, database, backend, served, listen),
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
  consumers.push(consume(backend, pings, pingProcessor(fetch)));
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

async function openTransport(
  site: SiteContext,
  database: Database,
  queue: JobQueue,
  channel: Channel,
): Promise<Transport> {
  const adapter = site.adapters.get(channel.adapter);
  if (!adapter) throw new PostriderError("not_found", `There is no adapter "${channel.adapter}"`);
  return adapter.open(channel.config, {
    channel: channel.name,
    site: site.config.site,
    publicUrl: publicUrl(site),
    baseDir: site.config.dir,
    fetch,
    clock: site.clock,
    log: site.log,
    feed: openFeedShelf(channel.name, {
      store: feedStore,
      writer: openFeedWriter(site.config.site, version),
      queue,
      site: site.config.site,
      now: () => site.clock.now(),
      transaction: database.transaction,
    }),
  });
}

function publicUrl({ config }: SiteContext): string {
  return config.serverUrl ?? config.site.url;
}

async function startServer(
  site: SiteContext,
  database: Database,
  backend: QueueBackend,
  channels: readonly Channel[],
  listen: { host?: string; port?: number } = {},
): Promise<Server> {
  const names = channels.filter(({ medium }) => medium === "feed").map(({ name }) => name);
  await using starting = new AsyncDisposableStack();
  const library = starting.use(await openFeedLibrary(database.pool, names, site.log));
  const server = starting.use(
    await openServer(
      { ...site.config.listen, ...listen },
      {
        feeds: { site: site.config.site, baseUrl: publicUrl(site), ...library },
        health: {
          async ready() {
            await database.pool.query("select 1");
            await backend.check();
          },
        },
        log: site.log,
      },
    ),
  );
  const opened = starting.move();
  return { url: server.url, [Symbol.asyncDispose]: () => opened.disposeAsync() };
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
      const page: FeedPage = { path: "feed.xml", format: "rss", selfUrl: `${publicUrl(site)}/feed.xml`, entries: [] };
      const changedAt = items[0]?.updatedAt ?? site.clock.now();
      return openFeedWriter(site.config.site, version).write(page, items, changedAt);
    },
    unsubscribeUrl: (channel) => links("preview", "preview", channel).unsubscribeUrl,
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
