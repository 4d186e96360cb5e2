/** Caches the stored documents in memory; PostgreSQL notifies it of changes. */

import type pg from "pg";
import type { FeedDocument } from "#core/feed.ts";
import type { Log } from "#core/log.ts";
import { feedChannel, feedStore, type KeptDocument } from "./feeds.ts";

export interface FeedLibraryStore extends AsyncDisposable {
  document(path: string): Promise<KeptDocument | null>;
  documents(): Promise<readonly FeedDocument[]>;
}

const reconnectMs = 1_000;

/** @param channels - if two channels have the same path, the first one is used. */
export async function openFeedLibrary(pool: pg.Pool, channels: readonly string[], log: Log): Promise<FeedLibraryStore> {
  let known: Promise<Map<string, KeptDocument>> | undefined;
  let closed = false;
  let client: pg.PoolClient | undefined;
  const forget = (): void => {
    known = undefined;
  };
  /** While notifications can't be received, nothing is cached. */
  let hearing = false;
  const listen = async (): Promise<void> => {
    try {
      client = await pool.connect();
      client.on("notification", forget);
      client.once("error", () => lost());
      client.once("end", () => lost());
      await client.query(`listen ${feedChannel}`);
      hearing = true;
      forget();
    } catch (error) {
      lost(error as Error);
    }
  };
  const lost = (error?: Error): void => {
    if (closed || !client) return;
    hearing = false;
    forget();
    client.removeListener("notification", forget);
    client.release(error ?? true);
    client = undefined;
    log.warn("the database sends no notifications, so feeds are read from it at every request");
    setTimeout(() => void (closed || listen()), reconnectMs).unref();
  };
  await listen();
  const load = async (): Promise<Map<string, KeptDocument>> => {
    const rows = await feedStore.documents(pool, channels);
    // Two channels may have the same path. The first one is used, unless only the other still has a document.
    const byPath = new Map<string, KeptDocument>();
    for (const row of rows) {
      const before = byPath.get(row.path);
      if (!before || (before.gone && !row.gone)) byPath.set(row.path, row);
    }
    return byPath;
  };
  const all = (): Promise<Map<string, KeptDocument>> => {
    if (!hearing) return load();
    if (!known) {
      const loading = load();
      known = loading;
      loading.catch(() => {
        if (known === loading) known = undefined;
      });
    }
    return known;
  };
  return {
    document: async (path) => (await all()).get(path) ?? null,
    documents: async () => [...(await all()).values()].filter(({ gone }) => !gone),
    async [Symbol.asyncDispose]() {
      closed = true;
      if (!client) return;
      client.removeListener("notification", forget);
      await client.query("unlisten *").catch(() => undefined);
      client.release();
    },
  };
}
