/** A channel's stored feed, for its adapter. One writer at a time, so that no item is lost. */

import type { FeedDocument, FeedShelf } from "#core/feed.ts";
import type { Transaction } from "#core/ports/transaction.ts";
import { buildFeed, type FeedPorts, type FeedStore } from "./build-feed.ts";

export interface FeedShelfPorts extends Omit<FeedPorts, "store"> {
  store: FeedStore & {
    lock(tx: Transaction, channel: string): Promise<void>;
    /** Returns whether the post has an item here. */
    setCopies(tx: Transaction, channel: string, postId: string, links: readonly string[]): Promise<boolean>;
    guidOf(tx: Transaction, postId: string): Promise<string>;
    documents(tx: Transaction, channels: readonly string[]): Promise<(FeedDocument & { gone: boolean })[]>;
  };
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}

export function openFeedShelf(channel: string, ports: FeedShelfPorts): FeedShelf {
  const { store, transaction } = ports;
  return {
    put: (rendition, change, settings, publish) =>
      transaction(async (tx) => {
        await store.lock(tx, channel);
        await store.putItem(tx, channel, rendition, change);
        await publish(await buildFeed(tx, channel, settings, ports));
        return { guid: await store.guidOf(tx, rendition.postId) };
      }),
    setCopies: (postId, links, settings, publish) =>
      transaction(async (tx) => {
        await store.lock(tx, channel);
        const isThere = await store.setCopies(tx, channel, postId, links);
        await publish(await buildFeed(tx, channel, settings, ports));
        return isThere;
      }),
    rebuild: (renditions, settings, publish) =>
      transaction(async (tx) => {
        await store.lock(tx, channel);
        for (const rendition of renditions) await store.putItem(tx, channel, rendition, "remake");
        await buildFeed(tx, channel, settings, ports);
        const kept = Map.groupBy(await store.documents(tx, [channel]), ({ gone }) => gone);
        // Also documents that have been gone for a long time, because another machine's folder may still have them.
        await publish({ written: kept.get(false) ?? [], gone: (kept.get(true) ?? []).map(({ path }) => path) });
      }),
  };
}
