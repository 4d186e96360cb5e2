/** What is published because its file has changed, and not because somebody named it: an edit of what was there before is no news. */

import type { Ledger, Transaction } from "#core/ports.ts";
import type { Post } from "#core/post.ts";

export interface ChangedPorts {
  ledger: Pick<Ledger, "transaction" | "channelsOf">;
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
  return isOld ? "was there before the jobs began, or was left out by them: an edit of it is no news" : "";
}
