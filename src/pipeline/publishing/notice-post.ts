/** What a post that was just written means: nothing goes out because of it, but what is known of it stays true. */

import type { PostLedger } from "#core/ports/deciding.ts";
import type { WithdrawalLedger } from "#core/ports/operating.ts";
import type { Transactions } from "#core/ports/transaction.ts";
import type { Post } from "#core/posts/post.ts";

/**
 * - `new`: was never published.
 * - `edited`: was published; this revision is kept from now on.
 * - `unchanged`: this revision is known.
 * - `withdrawn`: was taken back; nothing is made of an edit.
 */
export type Notice = "new" | "edited" | "unchanged" | "withdrawn";

/** Sends nothing, whatever it finds: an edit by itself never reaches anybody's mailbox. */
export async function noticePost(
  post: Post,
  ledger: Pick<
    Transactions & PostLedger & WithdrawalLedger,
    "transaction" | "noticed" | "rememberPost" | "withdrawnAmong"
  >,
): Promise<Notice> {
  if ((await ledger.withdrawnAmong([post], [])).size > 0) return "withdrawn";
  return ledger.transaction(async (tx) => {
    const notice = await ledger.noticed(tx, post);
    if (notice === "edited") await ledger.rememberPost(tx, post);
    return notice;
  });
}
