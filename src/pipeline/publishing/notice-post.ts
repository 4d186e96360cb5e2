/** Records a post whose file was just written. Nothing is sent because of it. */

import type { PostLedger } from "#core/ports/deciding.ts";
import type { WithdrawalLedger } from "#core/ports/operating.ts";
import type { Transactions } from "#core/ports/transaction.ts";
import type { Post } from "#core/posts/post.ts";

/**
 * - `new`: was never published.
 * - `edited`: was published; this revision is now stored.
 * - `unchanged`: this revision is known.
 * - `withdrawn`: was withdrawn; the edit has no effect.
 */
export type Notice = "new" | "edited" | "unchanged" | "withdrawn";

/** Never sends anything: an edit alone never causes an email. */
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
