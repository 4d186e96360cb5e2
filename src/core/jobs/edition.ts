/** One dated issue of a campaign. It is prepared once and does not change afterwards. */

import type { Transaction } from "#core/ports/transaction.ts";
import type { Post } from "#core/posts/post.ts";
import type { Channel } from "#core/publishing/publication.ts";
import type { EmailRendition } from "#core/renditions/rendition.ts";

/** `waiting`: needs the approval of a reviewer. Only `approved` editions are sent. */
export type EditionState = "waiting" | "approved" | "declined" | "expired";

export interface Edition {
  job: string;
  /** Counted from 1. */
  number: number;
  /** The post under which the ledger stores it. */
  postId: string;
  revision: string;
  /** Its subject. */
  title: string;
  scheduledFor: Date;
  actor: string;
  channels: EditionChannel[];
  state: EditionState;
  publicationId: string | null;
  reviewers: string[];
  expiresAt: Date | null;
  askedAt: Date | null;
  decidedAt: Date | null;
  decidedBy: string | null;
}

/** The part of a channel that a publication needs. */
export type EditionChannel = Pick<Channel, "name" | "adapter" | "medium" | "list" | "sending">;

export interface NewEdition {
  edition: Omit<Edition, "state" | "publicationId" | "askedAt" | "decidedAt" | "decidedBy">;
  /** The mail for each list. */
  mails: ReadonlyMap<string, EmailRendition>;
  /** The emails as the archive shows them, if the post itself has no text. */
  pages: ReadonlyMap<string, EmailRendition>;
  posts: readonly Post[];
}

/** Editions and what is in them. */
export interface EditionBook {
  /** Records posts as known to the job, but in none of its editions. */
  leaveOut(tx: Transaction, job: string, posts: readonly Post[]): Promise<void>;
  /** The posts that were in no edition of the job. A post that was moved is recognised by its permalink. */
  unused(job: string, posts: readonly Post[]): Promise<Post[]>;
  nextNumber(job: string): Promise<number>;
  add(tx: Transaction, edition: NewEdition): Promise<void>;
  /** Decides about a `waiting` edition, once. Returns whether this call did it. Posts of an edition that is not sent can be used again. */
  decide(
    tx: Transaction,
    edition: Pick<Edition, "job" | "number">,
    state: Exclude<EditionState, "waiting">,
    by: string,
  ): Promise<boolean>;
  /** Its posts may be in another edition, unless somebody got this one. */
  freePosts(tx: Transaction, edition: Pick<Edition, "job" | "number">): Promise<void>;
  published(tx: Transaction, edition: Pick<Edition, "job" | "number">, publicationId: string): Promise<void>;
  asked(edition: Pick<Edition, "job" | "number">): Promise<void>;
  find(job: string, number: number): Promise<Edition | null>;
  /** Newest first. */
  list(filter?: { job?: string; state?: EditionState }): Promise<Edition[]>;
  mail(job: string, number: number, list: string): Promise<EmailRendition | null>;
  /** The email as the archive shows it; `null` if the archive makes it from the post. */
  page(job: string, number: number, list: string): Promise<EmailRendition | null>;
  /** Titles and addresses of its posts. */
  contents(job: string, number: number, tx?: Transaction): Promise<{ postId: string; url: string }[]>;
}
