/** Web versions of sent emails, without personal data. */

export interface Edition {
  postId: string;
  /** The revision that was sent. */
  revision: string;
  title: string;
  /** BCP 47, of the post. */
  language: string;
  list: { name: string; title: string };
  sentAt: Date;
  /** The post was withdrawn, so the email is not shown. */
  withdrawn: boolean;
}

/** Returns the web version of an email as HTML. */
export type EditionPage = (edition: Edition) => Promise<string>;

export interface ArchiveStore {
  /** The emails that were sent to these lists and not withdrawn, newest first; each post once. @param most - default: 1,000 */
  editions(lists: readonly string[], most?: number): Promise<Edition[]>;
  /** A post by its id or its name in the archive; `null` if it was not sent to these lists. */
  edition(post: string, lists: readonly string[]): Promise<Edition | null>;
}

/** The name of an email in addresses: `2026/hello.md` is `2026~hello`, `edition:weekly:1` is `edition~weekly~1`. */
export function archiveName(postId: string): string {
  return postId.replace(/\.(md|markdown|mdx)$/i, "").replaceAll(/[/:]/g, "~");
}
