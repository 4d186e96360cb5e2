/** A sent email, as the lists of the archive and of the first page show it. */

import { archiveName, type Edition } from "#core/readers/archive.ts";
import type { ListedEdition } from "#core/readers/reader.ts";

/** Its address is relative to the server's own. */
export function listed({ postId, title, language, sentAt }: Edition): ListedEdition {
  return { title, language, sentAt, url: `archive/${encodeURIComponent(archiveName(postId))}` };
}
