/** Posts that are published because their file has changed, and not because somebody named them: an edit of an old post is not a new post. */

import type { PublicationLedger } from "#core/ports/deciding.ts";
import type { Transaction, Transactions } from "#core/ports/transaction.ts";
import type { Post } from "#core/posts/post.ts";

export interface ChangedPorts {
  ledger: Pick<Transactions & PublicationLedger, "transaction" | "channelsOf">;
  seen: {
    /** Whether the jobs were offered it, or found it there when they began. */
    known(tx: Transaction, post: Post): Promise<boolean>;
  };
}

/** Why a post that has changed is left alone; empty: it goes out, or is out. */
export async function whyLeftAlone(post: Post, { ledger, seen }: ChangedPorts): Promise<string> {
  if (post.status === "draft") return "is a draft";
  const isOld = await ledger.transaction(
    async (tx) => (await seen.known(tx, post)) && (await ledger.channelsOf(tx, post.id)).length === 0,
  );
  return isOld ? "is an old post that was edited: it is older than the jobs, or no job selected it" : "";
}
