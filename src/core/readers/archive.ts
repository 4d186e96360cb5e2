/** Web versions of sent emails, without personal data. */

export interface Edition {
  postId: string;
  /** The revision that was mailed. */
  revision: string;
  title: string;
  /** BCP 47, of the post. */
  language: string;
  list: { name: string; title: string };
  sentAt: Date;
  /** The post was taken back: nothing of the mail is shown. */
  withdrawn: boolean;
}

/** The web version of a mail, as HTML. */
export type EditionPage = (edition: Edition) => Promise<string>;

export interface ArchiveStore {
  /** What was mailed to these lists and was not withdrawn, the newest first; each post once. */
  editions(lists: readonly string[]): Promise<Edition[]>;
  /** A post by its id or by its name in the archive; `null` where no mail of it went to these lists. */
  edition(post: string, lists: readonly string[]): Promise<Edition | null>;
}

/** How a mail is called in addresses: `2026/hello.md` is `2026~hello`, `edition:weekly:1` is `edition~weekly~1`. */
export function archiveName(postId: string): string {
  return postId.replace(/\.(md|markdown|mdx)$/i, "").replaceAll(/[/:]/g, "~");
}
