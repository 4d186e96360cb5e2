/** The copies of a post on other sites, and the places that list them. */

export interface PostCopies {
  postId: string;
  /** The post's file, as it was given when it was published. */
  path: string;
  /** Addresses of the copies that are out now, oldest first. */
  links: string[];
  /** What was written before. */
  former: string[];
}

/** A place that tells where the copies are: the post's own file, or a feed. */
export interface CopiesTarget {
  /** Under which the ledger keeps what was written; never changes. */
  name: string;
  /** Returns whether it was done; if not it is tried again. @throws PostriderError `invalid` for what will never work */
  write(copies: PostCopies): Promise<boolean>;
}

export interface CopiesStore {
  /** Posts of whose copies the target tells something else than the ledger. @param postId - `null`: of all of late */
  due(target: string, postId: string | null): Promise<PostCopies[]>;
  remember(target: string, copies: PostCopies): Promise<void>;
}
