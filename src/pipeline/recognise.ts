/** Tells a post whose file was renamed or moved: it is the one that it was, and never goes out as a new one. */

import type { Ledger } from "#core/ports.ts";
import type { Post } from "#core/post.ts";

/** The posts, each under the id by which it is known. */
export type Recognise = (posts: readonly Post[]) => Promise<Post[]>;

/**
 * An id of the author's own needs none of this. A file's name is an id only for as long as the file has it: of one that
 * appears with what stood in another, and that other is gone, it is taken for the same post.
 * @param isThere - whether a file of this name lies in the content folder.
 */
export function openRecognition(
  ledger: Pick<Ledger, "transaction" | "formerNames" | "keepNames">,
  isThere: (fileName: string) => boolean,
): Recognise {
  return async (posts) => {
    const former = Map.groupBy(await ledger.formerNames(posts), ({ fileName }) => fileName);
    const renamed: Post[] = [];
    const known = posts.map((post) => {
      const [match, other] = (former.get(post.fileName ?? "") ?? []).filter(
        ({ fileName, formerly }) => formerly === fileName || !isThere(formerly),
      );
      // Two that are gone, and it could be either: then it is a post of its own.
      if (!match || match.postId === post.id || (other && other.postId !== match.postId)) return post;
      const same = { ...post, id: match.postId };
      renamed.push(same);
      return same;
    });
    // Written down: what is edited next must not make a stranger of it.
    if (renamed.length > 0) await ledger.transaction((tx) => ledger.keepNames(tx, renamed));
    return known;
  };
}
