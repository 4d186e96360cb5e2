/** Updates the feeds of a site when nothing is published: after a move, a change of configuration, or with time. */

import type { Transport } from "#core/adapter.ts";
import { messageOf } from "#core/errors.ts";
import type { Log } from "#core/log.ts";
import type { PostLedger } from "#core/ports/deciding.ts";
import type { Transactions } from "#core/ports/transaction.ts";
import type { Post } from "#core/posts/post.ts";
import type { Channel } from "#core/publishing/publication.ts";
import type { FeedRendition } from "#core/renditions/rendition.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import { version } from "#files/package.ts";
import { type HubPorts, tellHubs } from "#pipeline/feeds/tell-hub.ts";
import type { Recognition } from "#pipeline/publishing/recognise.ts";
import type { Database } from "#store/database/database.ts";
import { tellOnce, untold } from "#store/feeds/feed-hubs.ts";
import { madeWith, type ShownItem, setMadeWith, shownItems } from "#store/feeds/feeds.ts";
import { goodPosts } from "./jobs/job-posts.ts";
import type { SiteContext } from "./site.ts";

export interface FeedDesk {
  /**
   * Writes every document and file of a feed that is out of date. Returns the files.
   * @param moved - also reads the posts, to find posts that have moved. This always happens after a change of
   * configuration.
   */
  rebuild(channel: Channel, transport: Transport, moved?: boolean): Promise<string[]>;
  /**
   * Notifies hubs now, for a process that ends soon. After a failure, the job stays in the queue.
   * Returns the failures, as sentences.
   */
  announce(signal: AbortSignal): Promise<string[]>;
}

/** Normally, writing the files of a feed takes a few seconds. */
const writingMs = 60_000;

export function openFeedDesk(
  site: SiteContext,
  database: Database,
  ledger: Transactions & PostLedger,
  { recognise }: Recognition,
): FeedDesk {
  const { config, renderer } = site;
  const setting = sha256(JSON.stringify([version, renderer.version, config.site, config.content]));
  return {
    async rebuild({ name }, transport, moved = false) {
      const isNew = (await madeWith(database.pool, name)) !== setting;
      if (isNew || moved) await rememberMoved(await shownItems(database.pool, name));
      const shown = await shownItems(database.pool, name);
      const anew = await renditionsOf(isNew ? shown : shown.filter(({ url, postUrl }) => url !== postUrl));
      const files = (await transport.rebuild?.(anew, AbortSignal.timeout(writingMs))) ?? [];
      await setMadeWith(database.pool, name, setting);
      return files;
    },
    announce: (signal) => tellHubs(hubPorts(database), signal),
  };

  /** After a change of site, pattern or file name, the same text has another address. Posts that were also edited are left for `update`. */
  async function rememberMoved(shown: readonly ShownItem[]): Promise<void> {
    if (shown.length === 0) return;
    const addresses = new Map(shown.map(({ postId, revision, postUrl }) => [`${postId} ${revision}`, postUrl]));
    for (const post of await recognise(await goodPosts(site), { keep: true })) {
      const known = addresses.get(`${post.id} ${post.revision}`);
      if (known && known !== post.url) await ledger.transaction((tx) => ledger.rememberPost(tx, post));
    }
  }

  async function renditionsOf(items: readonly ShownItem[]): Promise<FeedRendition[]> {
    const renditions: FeedRendition[] = [];
    for (const { postId, revision } of items) {
      const post: Post = await ledger.post(postId, revision);
      renditions.push(await renderer.feed(post));
    }
    return renditions;
  }
}

export function hubPorts(database: Database): HubPorts {
  return {
    untold: () => untold(database.pool),
    tellOnce: (document, work) => tellOnce(database, document, work),
    send: fetch,
  };
}

/** Withdrawn items are dropped after their time, and deleted files are written again. */
const keepEveryMs = 3_600_000;

/** Keeps feeds up to date until disposed: immediately, for earlier changes, and then every hour. */
export function keepFeeds(
  channels: readonly Channel[],
  desk: FeedDesk,
  transport: (channel: string) => Promise<Transport>,
  log: Log,
): AsyncDisposable {
  const feeds = channels.filter(({ medium }) => medium === "feed");
  const stopping = new AbortController();
  let keeping = Promise.resolve();
  const keepAll = async (): Promise<void> => {
    for (const channel of feeds)
      try {
        await desk.rebuild(channel, await transport(channel.name));
      } catch (error) {
        log.error("a feed could not be updated", { channel: channel.name, error: messageOf(error) });
      }
    for (const problem of await desk.announce(stopping.signal)) log.warn(problem);
  };
  const keep = (): void => {
    keeping = keeping.then(keepAll).catch((error: Error) => log.error("feeds not stored", { error: error.message }));
  };
  keep();
  const timer = setInterval(keep, keepEveryMs);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      stopping.abort();
      await keeping;
    },
  };
}
