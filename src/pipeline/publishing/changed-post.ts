/** Decides about posts whose file has changed and that nobody named: an edit of an old post is not a new post. */

import type { PublicationLedger } from "#core/ports/deciding.ts";
import type { Transaction, Transactions } from "#core/ports/transaction.ts";
import type { Post } from "#core/posts/post.ts";

export interface ChangedPorts {
  ledger: Pick<Transactions & PublicationLedger, "transaction" | "channelsOf">;
  seen: {
    /** Whether it was offered to the jobs, or existed before their first run. */
    known(tx: Transaction, post: Post): Promise<boolean>;
  };
}

/** Why a changed post is not published; empty: it will be, or already is. */
export async function whyLeftAlone(post: Post, { ledger, seen }: ChangedPorts): Promise<string> {
  if (post.status === "draft") return "is a draft";
  const isOld = await ledger.transaction(
    async (tx) => (await seen.known(tx, post)) && (await ledger.channelsOf(tx, post.id)).length === 0,
  );
  return isOld
    ? "was edited, but is not published automatically: it is older than the jobs, or no job selected it"
    : "";
}
