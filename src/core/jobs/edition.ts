/** One dated issue of a campaign. It is prepared once and does not change afterwards. */

import type { Transaction } from "#core/ports/transaction.ts";
import type { Post } from "#core/posts/post.ts";
import type { Channel } from "#core/publishing/publication.ts";
import type { EmailRendition } from "#core/renditions/rendition.ts";

/** `waiting`: for one of its reviewers. Of the others, only `approved` ones go out. */
export type EditionState = "waiting" | "approved" | "declined" | "expired";

export interface Edition {
  job: string;
  /** From 1. */
  number: number;
  /** Under which the ledger knows it. */
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

/** As much of a channel as a publication needs. */
export type EditionChannel = Pick<Channel, "name" | "adapter" | "medium" | "list" | "sending">;

export interface NewEdition {
  edition: Omit<Edition, "state" | "publicationId" | "askedAt" | "decidedAt" | "decidedBy">;
  /** The mail for each list. */
  mails: ReadonlyMap<string, EmailRendition>;
  /** As the archive shows them, where the post itself has no text. */
  pages: ReadonlyMap<string, EmailRendition>;
  posts: readonly Post[];
}

/** Editions and what is in them. */
export interface EditionBook {
  /** Counts posts as known to the job, and in none of its editions. */
  leaveOut(tx: Transaction, job: string, posts: readonly Post[]): Promise<void>;
  /** Of these posts, those that no edition of the job has had. A post that moved keeps its permalink and so is known. */
  unused(job: string, posts: readonly Post[]): Promise<Post[]>;
  nextNumber(job: string): Promise<number>;
  add(tx: Transaction, edition: NewEdition): Promise<void>;
  /** Lets it go from `waiting`, once. Returns whether this call did. Posts of an edition that nobody gets are free again. */
  decide(
    tx: Transaction,
    edition: Pick<Edition, "job" | "number">,
    state: Exclude<EditionState, "waiting">,
    by: string,
  ): Promise<boolean>;
  /** Its posts may stand in another edition, unless somebody has this one. */
  release(tx: Transaction, edition: Pick<Edition, "job" | "number">): Promise<void>;
  published(tx: Transaction, edition: Pick<Edition, "job" | "number">, publicationId: string): Promise<void>;
  asked(edition: Pick<Edition, "job" | "number">): Promise<void>;
  find(job: string, number: number): Promise<Edition | null>;
  /** Newest first. */
  list(filter?: { job?: string; state?: EditionState }): Promise<Edition[]>;
  mail(job: string, number: number, list: string): Promise<EmailRendition | null>;
  /** The mail as the archive shows it; `null` where it is made from the post. */
  page(job: string, number: number, list: string): Promise<EmailRendition | null>;
  /** Titles and addresses of its posts. */
  contents(job: string, number: number, tx?: Transaction): Promise<{ postId: string; url: string }[]>;
}
