/** The places that list the addresses of a post's copies: its front matter and feeds, if this is configured. */

import type { Transport } from "#core/adapter.ts";
import { PostriderError } from "#core/errors.ts";
import type { CopiesStore, CopiesTarget } from "#core/posts/syndication.ts";
import type { Channel } from "#core/publishing/publication.ts";
import { shareLinks } from "#pipeline/feeds/share-links.ts";
import type { Database } from "#store/database/database.ts";
import { dueCopies, rememberCopies } from "#store/publications/syndication.ts";
import type { SiteContext } from "./site.ts";

/** @param channels - the channels that this process sends for. */
export function openShareLinks(
  { config, content, log }: SiteContext,
  channels: readonly Channel[],
  { pool }: Database,
  transport: (channel: string) => Promise<Transport>,
): (postId?: string) => Promise<void> {
  const frontMatter: CopiesTarget = {
    name: "",
    async write({ path, links, former }) {
      try {
        await content.syndicate(path, links, former);
        return true;
      } catch (error) {
        // The posts may be on another machine, and a process there does it.
        if (error instanceof PostriderError && error.code === "not_found") return false;
        throw error;
      }
    },
  };
  const feeds = channels.filter(({ medium }) => medium === "feed");
  const store: CopiesStore = {
    due: (target, postId) => dueCopies(pool, target, postId),
    remember: (target, copies) => rememberCopies(pool, target, copies),
  };
  const share = async (postId?: string): Promise<void> => {
    const targets = config.content.syndication ? [frontMatter] : [];
    for (const { name } of feeds) {
      const feed = await transport(name).catch(() => null);
      const { showCopies } = feed ?? {};
      if (showCopies) targets.push({ name, write: ({ postId: id, links }) => showCopies(id, links) });
    }
    if (targets.length > 0) await shareLinks({ targets, store, log }, postId ?? null);
  };
  // One at a time, because two channels often settle at the same moment.
  let turn = Promise.resolve();
  return (postId) => {
    turn = turn.then(() => share(postId));
    return turn;
  };
}
