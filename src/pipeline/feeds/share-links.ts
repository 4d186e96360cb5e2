/** Adds the addresses of a post's copies to other places, when a copy is accepted or changes. */

import { PostriderError } from "#core/errors.ts";
import type { Log } from "#core/log.ts";
import type { CopiesStore, CopiesTarget, PostCopies } from "#core/posts/syndication.ts";

export interface ShareLinksPorts {
  targets: readonly CopiesTarget[];
  store: CopiesStore;
  log: Log;
}

/** @param postId - only this post, at any age; `null`: every recent post. Never throws, because no delivery depends on it. */
export async function shareLinks({ targets, store, log }: ShareLinksPorts, postId: string | null): Promise<void> {
  for (const target of targets) {
    try {
      for (const copies of await store.due(target.name, postId))
        if (await write(copies, target, log)) await store.remember(target.name, copies);
    } catch (error) {
      log.warn("could not record the addresses of the copies; will try again", { error: String(error) });
    }
  }
}

async function write(copies: PostCopies, target: CopiesTarget, log: Log): Promise<boolean> {
  try {
    return await target.write(copies);
  } catch (error) {
    if (!(error instanceof PostriderError) || error.code !== "invalid") throw error;
    // Reported once, because the next try would fail in the same way.
    log.warn(error.located, { ...(error.hint && { hint: error.hint }) });
    return true;
  }
}
