/** Rebuilds those documents of a feed whose content has changed. */

import type {
  FeedChange,
  FeedDocument,
  FeedEntry,
  FeedItemChange,
  FeedPage,
  FeedSettings,
  FeedWriter,
} from "#core/feed.ts";
import type { JobQueue } from "#core/ports/queue.ts";
import type { Transaction } from "#core/ports/transaction.ts";
import type { Site } from "#core/posts/post.ts";
import type { FeedRendition } from "#core/renditions/rendition.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import { feedPages } from "./feed-pages.ts";

/** Stores items and documents. Everything happens in the caller's transaction. */
export interface FeedStore {
  putItem(tx: Transaction, channel: string, rendition: FeedRendition, change: FeedItemChange): Promise<void>;
  /** Changes when any entry changes, and is much cheaper than reading the entries. */
  fingerprint(tx: Transaction, channel: string): Promise<string>;
  /** Stores the digest of a whole feed. Returns whether it has changed. */
  isNew(tx: Transaction, channel: string, digest: string): Promise<boolean>;
  /** The feed's own identity, created when it was first built. */
  feedGuid(tx: Transaction, channel: string): Promise<string>;
  /** Newest first. */
  entries(tx: Transaction, channel: string): Promise<FeedEntry[]>;
  renditions(tx: Transaction, channel: string, postIds: readonly string[]): Promise<Map<string, FeedRendition>>;
  digests(tx: Transaction, channel: string): Promise<Map<string, { digest: string; changedAt: Date }>>;
  save(tx: Transaction, channel: string, document: FeedDocument & { digest: string }): Promise<void>;
  /** Marks all documents except these as gone. Returns the paths of those that existed until now. */
  keepOnly(tx: Transaction, channel: string, paths: readonly string[]): Promise<string[]>;
}

export interface FeedPorts {
  store: FeedStore;
  writer: FeedWriter;
  queue: JobQueue;
  site: Site;
  now(): Date;
}

/** A hub fetches the document as soon as it is notified. The new version must be available by then. */
const pingDelayMs = 1_000;

/** If nothing has changed, nothing is written and no hub is notified. */
export async function buildFeed(
  tx: Transaction,
  channel: string,
  settings: FeedSettings,
  ports: FeedPorts,
): Promise<FeedChange> {
  const { store, queue } = ports;
  const everything = [ports.writer.version, ports.site, settings, await store.fingerprint(tx, channel)];
  if (!(await store.isNew(tx, channel, sha256(JSON.stringify(everything))))) return { written: [], gone: [] };
  const pages = feedPages(await store.entries(tx, channel), settings, await store.feedGuid(tx, channel));
  const known = await store.digests(tx, channel);
  const stale = pages
    .map((page) => ({ page, digest: digestOf(page, ports) }))
    .filter(({ page, digest }) => known.get(page.path)?.digest !== digest);
  const wanted = new Set(stale.flatMap(({ page }) => page.entries.map(({ postId }) => postId)));
  const renditions = wanted.size > 0 ? await store.renditions(tx, channel, [...wanted]) : new Map();
  const written: FeedDocument[] = [];
  for (const { page, digest } of stale) {
    const document = write(page, renditions, after(known.get(page.path)?.changedAt, ports.now()), ports.writer);
    await store.save(tx, channel, { ...document, digest });
    written.push(document);
  }
  const paths = pages.map(({ path }) => path);
  const gone = known.size + stale.length > paths.length ? await store.keepOnly(tx, channel, paths) : [];
  const pings = stale.flatMap(({ page }) =>
    page.hub ? [{ kind: "ping" as const, channel, path: page.path, delay: pingDelayMs }] : [],
  );
  if (pings.length > 0) await queue.enqueue(tx, pings);
  return { written, gone };
}

function digestOf(page: FeedPage, { site, writer }: FeedPorts): string {
  const { entries, ...about } = page;
  const contents = entries.map((entry) => [
    entry.guid,
    entry.updatedAt.getTime(),
    entry.digest,
    entry.withdrawn,
    entry.copies,
  ]);
  return sha256(JSON.stringify([writer.version, site, about, contents]));
}

function write(
  page: FeedPage,
  renditions: ReadonlyMap<string, FeedRendition>,
  changedAt: Date,
  writer: FeedWriter,
): FeedDocument {
  const items = page.entries.flatMap((entry) => {
    const rendition = renditions.get(entry.postId);
    return rendition ? [{ ...entry, rendition }] : [];
  });
  const { id: _, archive: __, entries: ___, ...about } = page;
  return { ...about, body: writer.write(page, items, changedAt), changedAt };
}

/** Now, in whole seconds, but always later than before, because feed readers ignore a version that seems older. */
function after(before: Date | undefined, now: Date): Date {
  const seconds = Math.floor(now.getTime() / 1000);
  return new Date(Math.max(seconds, before ? Math.floor(before.getTime() / 1000) + 1 : 0) * 1000);
}
