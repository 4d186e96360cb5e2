/** The copies of a post on other sites, and the places that list them. */

export interface PostCopies {
  postId: string;
  /** The post's file, as it was given when it was published. */
  path: string;
  /** Addresses of the published copies, oldest first. */
  links: string[];
  /** Addresses that were written earlier. */
  former: string[];
}

/** A place that lists the copies: the post's own file, or a feed. */
export interface CopiesTarget {
  /** The name under which the ledger stores what was written. Never changes. */
  name: string;
  /** Returns whether it was done. If not, it is tried again. @throws PostriderError `invalid` if it can never work */
  write(copies: PostCopies): Promise<boolean>;
}

export interface CopiesStore {
  /** Posts whose copies differ between the target and the ledger. @param postId - `null`: all recent posts */
  due(target: string, postId: string | null): Promise<PostCopies[]>;
  remember(target: string, copies: PostCopies): Promise<void>;
}
