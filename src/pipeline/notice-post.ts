/** What a post that was just written means: nothing goes out because of it, but what is known of it stays true. */

import type { Ledger } from "#core/ports.ts";
import type { Post } from "#core/post.ts";

/**
 * - `new`: was never published.
 * - `edited`: was published; this revision is kept from now on.
 * - `unchanged`: this revision is known.
 */
export type Notice = "new" | "edited" | "unchanged";

/** Sends nothing, whatever it finds: an edit by itself never reaches anybody's mailbox. */
export async function noticePost(
  post: Post,
  ledger: Pick<Ledger, "transaction" | "noticed" | "rememberPost">,
): Promise<Notice> {
  return ledger.transaction(async (tx) => {
    const notice = await ledger.noticed(tx, post);
    if (notice === "edited") await ledger.rememberPost(tx, post);
    return notice;
  });
}
