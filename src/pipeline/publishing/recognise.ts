/** Recognises a post whose file was renamed or moved, so that it is not sent again as a new post. */

import { PostriderError } from "#core/errors.ts";
import type { FormerName, PostLedger } from "#core/ports/deciding.ts";
import type { ReportLedger } from "#core/ports/operating.ts";
import type { Transactions } from "#core/ports/transaction.ts";
import type { Post } from "#core/posts/post.ts";
import { type Other, reusedName, rivalry, sharedAddress, unclear, who } from "./recognition-doubts.ts";

/** An operator's decision about a file that may be an earlier post: a new post, or the named one. */
export type Decision = "new" | { sameAs: string };

export interface Recognition {
  /**
   * Gives each post the id under which the ledger knows it. A post that may be an earlier one is left out, and
   * reported once.
   * @param options - `keep`: also stores what was recognised, so that the next edit does not make it a new post.
   */
  recognise(posts: readonly Post[], options?: { keep?: boolean }): Promise<Post[]>;
  /**
   * The same for callers that can decide.
   * @throws PostriderError `conflict` for a post that may be an earlier one, until this is decided
   */
  identify(posts: readonly Post[], options?: { keep?: boolean; decision?: Decision }): Promise<Post[]>;
}

export interface RecognitionPorts {
  ledger: Transactions & PostLedger & Pick<ReportLedger, "report">;
  /** Whether the content folder has a file with this name. */
  isThere(fileName: string): boolean;
  /** The name of a file relative to the content folder. */
  fileNameOf(path: string): string;
  warn(sentence: string): void;
}

interface Identity {
  post: Post;
  /** It has another id or name than before, which must be stored. */
  isNews: boolean;
  /** The content of the known file changed. This must also be stored, so that the post is recognised under its next name. */
  isEdited?: boolean;
  doubt?: PostriderError;
}

/**
 * A post with an id in its front matter needs none of this. Without an id, a post is known by its file name. A file
 * with a new name is an earlier post if no file of that post exists any more, and its title, date or id is the same.
 */
export function openRecognition(ports: RecognitionPorts): Recognition {
  const { ledger, isThere } = ports;
  const reported = new Set<string>();

  const identities = async (posts: readonly Post[]): Promise<Identity[]> => {
    const rows = Map.groupBy(await ledger.formerNames(posts), ({ fileName }) => fileName);
    const found = posts.map((post) => identityOf(post, rows.get(post.fileName ?? "") ?? [], isThere));
    const claims = Map.groupBy(
      found.filter(({ isNews }) => isNews),
      ({ post }) => post.id,
    );
    return found.map((identity): Identity => {
      const rivals = identity.isNews ? (claims.get(identity.post.id) ?? []) : [];
      const rival = rivals.find((each) => each !== identity);
      return rival ? { ...identity, doubt: rivalry(identity.post, rival.post) } : identity;
    });
  };
  const kept = async (posts: readonly Post[], keep: boolean | undefined): Promise<void> => {
    if (keep && posts.length > 0) await ledger.transaction((tx) => ledger.keepNames(tx, posts));
  };

  return {
    async recognise(posts, { keep } = {}) {
      const found = await identities(posts);
      for (const { doubt } of found) {
        if (!doubt || reported.has(doubt.message)) continue;
        reported.add(doubt.message);
        ports.warn(`${doubt.message}. It is not published until you decide. ${doubt.hint}`);
      }
      const sure = found.filter(({ doubt }) => !doubt);
      await kept(toKeep(sure), keep);
      return sure.map(({ post }) => post);
    },

    async identify(posts, { keep, decision } = {}) {
      if (decision !== undefined) {
        const decided: Post[] = [];
        for (const post of posts)
          decided.push(await (decision === "new" ? asNew(post, ports) : asNamed(post, decision.sameAs, ports)));
        await kept(decided, keep);
        return decided;
      }
      const found = await identities(posts);
      for (const { doubt } of found) if (doubt) throw doubt;
      await kept(toKeep(found), keep);
      return found.map(({ post }) => post);
    },
  };
}

function toKeep(found: readonly Identity[]): Post[] {
  return found.filter(({ isNews, isEdited }) => isNews || isEdited).map(({ post }) => post);
}

function identityOf(post: Post, rows: readonly FormerName[], isThere: (name: string) => boolean): Identity {
  const known = rows.find(({ fileName, formerly }) => formerly === fileName);
  if (known) {
    const holder = known.others.find(isThere);
    const same = { ...post, id: known.postId };
    const isEdited = !(known.same.title && known.same.date && known.same.text);
    if (holder === undefined) return { post: same, isNews: known.others.length > 0, isEdited };
    return { post, isNews: false, doubt: reusedName(post, known.title, holder) };
  }
  const others = othersOf(post, rows, isThere);
  const there = others.filter((other) => other.isThere);
  const holder = there.find(({ postId }) => postId === post.id);
  if (holder) return { post, isNews: false, doubt: reusedName(post, holder.title, holder.name) };
  const neighbour = there.find(({ hasAddress }) => hasAddress);
  if (neighbour) return { post, isNews: false, doubt: sharedAddress(post, neighbour) };
  const gone = others.filter((other) => !other.isThere);
  const sure = gone.filter(({ isSure }) => isSure);
  const [only, second] = sure;
  if (only && !second) return { post: { ...post, id: only.postId }, isNews: true };
  const possible = second ? sure : gone;
  return possible.length > 0 ? { post, isNews: false, doubt: unclear(post, possible) } : { post, isNews: false };
}

function othersOf(post: Post, rows: readonly FormerName[], isThere: (name: string) => boolean): Other[] {
  return [...Map.groupBy(rows, ({ postId }) => postId)].map(([postId, mine]): Other => {
    const [first] = mine;
    const there = mine.flatMap(({ others }) => others).find(isThere);
    return {
      ...{ postId, title: first?.title ?? postId, name: there ?? first?.formerly ?? postId },
      isThere: there !== undefined,
      isSure: postId === post.id || mine.some(isSameIn),
      hasAddress: mine.some(({ same }) => same.address),
    };
  });
}

/** Two posts may have the same title, the same date or the same text. */
function isSameIn({ same: { title, date, text, address } }: FormerName): boolean {
  return (title && date) || (text && (title || date)) || (address && (title || date || text));
}

/** Treats the file as a new post. A file that is already known as one stays as it is. @throws PostriderError `conflict` */
async function asNew(post: Post, { ledger, isThere }: RecognitionPorts): Promise<Post> {
  const { fileName } = post;
  if (fileName === undefined) return post;
  const rows = await ledger.formerNames([post]);
  const known = rows.find(({ formerly }) => formerly === fileName);
  if (known && isOwnId(known.postId, fileName) && !known.others.some(isThere)) return { ...post, id: known.postId };
  const id = await ledger.freeId(fileName);
  // The id is looked up before the address. With an unused id, this finds the post that has the address.
  const owner = await ledger.knownAs({ id, url: post.url });
  if (owner !== null) {
    const [other] = othersOf(
      post,
      rows.filter(({ postId }) => postId === owner),
      isThere,
    );
    throw sharedAddress(post, other ?? { title: owner, name: owner });
  }
  return { ...post, id };
}

function isOwnId(id: string, fileName: string): boolean {
  return id === fileName || (id.startsWith(`${fileName}~`) && /^\d+$/.test(id.slice(fileName.length + 1)));
}

/** Treats the file as the post that the operator named. @throws PostriderError */
async function asNamed(post: Post, named: string, { ledger, isThere, fileNameOf }: RecognitionPorts): Promise<Post> {
  const { fileName } = post;
  if (fileName === undefined)
    throw new PostriderError("invalid", `${who(post)} has its own id in its front matter`, {
      file: post.path,
      hint: "The id identifies the post. Change it there.",
    });
  const other = await ledger.postNamed([named, fileNameOf(named)]);
  if (!other)
    throw new PostriderError("not_found", `"${named}" is not a known post`, {
      hint: "Use its file, its id or its address. `postrider status` lists every published post.",
    });
  const holder = other.names.find((name) => name !== fileName && isThere(name));
  if (holder !== undefined)
    throw new PostriderError("conflict", `"${other.title}" still has its own file, ${holder}`, {
      file: post.path,
      hint: `Delete ${holder} first. One post can't have two files.`,
    });
  const own = (await ledger.formerNames([post])).find(({ formerly }) => formerly === fileName);
  if (own && own.postId !== other.postId && (await ledger.report(own.postId)).length > 0)
    throw new PostriderError("conflict", `${who(post)} was already published as another post, ${own.postId}`, {
      file: post.path,
      hint: "Publish it without --same-as.",
    });
  return { ...post, id: other.postId };
}
