/** Newsboat (https://newsboat.org/), a reader that people use, without its screen. */

import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";

export const hasNewsboat = spawnSync("newsboat", ["-v"], { stdio: "ignore" }).status === 0;

export interface ReadItem {
  guid: string;
  title: string;
  url: string;
  pubDate: number;
  unread: number;
  content: string;
}

export interface Newsboat extends Disposable {
  /** Fetches the feed again, as its user would. */
  reload(): Promise<void>;
  /** What it has, newest first. */
  items(): ReadItem[];
  markAllRead(): void;
}

export function openNewsboat(feed: string): Newsboat {
  const home = mkdtempSync(join(tmpdir(), "postrider-newsboat-"));
  const cache = join(home, "cache.db");
  writeFileSync(join(home, "urls"), `${feed}\n`);
  const query = <T>(work: (database: DatabaseSync) => T): T => {
    const database = new DatabaseSync(cache);
    try {
      return work(database);
    } finally {
      database.close();
    }
  };
  return {
    async reload() {
      const args = ["-u", join(home, "urls"), "-c", cache, "-C", "/dev/null", "-x", "reload"];
      await promisify(execFile)("newsboat", args, { env: { ...process.env, HOME: home } });
    },
    items: () =>
      query((database) =>
        database
          .prepare("select guid, title, url, pubDate, unread, content from rss_item order by pubDate desc, id desc")
          .all(),
      ) as unknown as ReadItem[],
    markAllRead: () => query((database) => database.exec("update rss_item set unread = 0")),
    [Symbol.dispose]: () => rmSync(home, { recursive: true }),
  };
}
