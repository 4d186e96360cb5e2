/** What a mail makes of a post, for its author: every change with its line, and what mail clients do with the mail. */

import type { Change, Fidelity } from "#core/fidelity.ts";
import type { Post } from "#core/post.ts";
import type { MailingList } from "#core/rendition.ts";
import { mailBytes } from "./budget.ts";
import { openChangeLog } from "./changes.ts";
import { clientNotes } from "./clients.ts";
import { emailRendition } from "./email.ts";
import type { EmailSetting } from "./frame.ts";

/** Renders the mail once more, this time with somebody taking notes. */
export async function fidelityOf(post: Post, list: MailingList, setting: EmailSetting): Promise<Fidelity> {
  const log = openChangeLog(post);
  const { html, pictureBytes } = await emailRendition(post, list, setting, { log });
  const changes = [...log.changes].sort((one, other) => one.line - other.line);
  return { changes: unique(changes), clients: await clientNotes(html), htmlBytes: mailBytes(html), pictureBytes };
}

function unique(changes: readonly Change[]): Change[] {
  const seen = new Set<string>();
  return changes.filter((change) => {
    const key = JSON.stringify(change);
    return !seen.has(key) && seen.add(key);
  });
}
