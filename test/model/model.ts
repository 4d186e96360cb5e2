/**
 * Who may have got what: all that Postrider promises about sending, withdrawing, rescheduling and forgetting, in a few
 * lines. The relay's record and the ledger are held against it.
 */

export interface Reader {
  name: string;
  state: "unknown" | "on the list" | "left" | "forgotten";
  /** What they may have had from another service: what was there when they were imported. */
  had: Set<Post>;
}

export interface Post {
  name: string;
  /** `null`: the file was deleted. */
  file: string | null;
  date: number;
  /** Two posts may have the same. */
  text: number;
  /** Its file was renamed or deleted. */
  moved: boolean;
  withdrawn: boolean;
  /** Whether an edition of the digest has had it. */
  digested: "yes" | "no" | "maybe";
}

/** One generation of a post, or one edition of the digest. */
export interface Mailing {
  name: string;
  kind: "post" | "digest" | "repost" | "correction";
  posts: Post[];
  at: number;
  /** Who was on the list when it was released; `null`: that is still to come. */
  audience: Reader[] | null;
  got: Set<Reader>;
  refused: Set<Reader>;
  paused: boolean;
  cancelled: boolean;
}

export interface Model {
  readers: Reader[];
  posts: Post[];
  mailings: Mailing[];
}

/** What should have gone so long ago waits for somebody's word. */
const lateMs = 12 * 3_600_000;
/** How far back the digest looks. */
const windowMs = 7 * 24 * 3_600_000;

export function mailingsOf({ mailings }: Model, post: Post): Mailing[] {
  return mailings.filter(({ kind, posts }) => kind !== "digest" && posts.includes(post));
}

/** Whether somebody may still get it. */
export function isOpen({ audience, got, refused, cancelled }: Mailing): boolean {
  return !cancelled && (!audience || audience.some((reader) => !got.has(reader) && !refused.has(reader)));
}

/** Naming a post sends it once: the first time, and anew where it was cancelled before anybody got it. */
export function isSentByNaming(model: Model, post: Post): boolean {
  const before = mailingsOf(model, post);
  return !post.withdrawn && (before.at(-1)?.cancelled ?? true) && before.every(({ got }) => got.size === 0);
}

/** @param among - to whom a correction goes. */
export function decide(
  model: Model,
  decided: Pick<Mailing, "name" | "kind" | "posts" | "at">,
  now: number,
  among = model.readers,
): Mailing {
  const nobody = { audience: null, got: new Set<Reader>(), refused: new Set<Reader>() };
  const mailing: Mailing = { ...decided, ...nobody, paused: false, cancelled: false };
  model.mailings.push(mailing);
  if (mailing.at <= now) release(mailing, among);
  return mailing;
}

export function release(mailing: Mailing, readers: readonly Reader[]): void {
  const audience = readers.filter(({ state }) => state === "on the list");
  mailing.audience = mailing.cancelled ? [] : audience;
}

/** Whether they may be left out as people who had it. */
export function had(reader: Reader, { kind, posts }: Mailing): boolean {
  return kind === "post" && posts.some((post) => reader.had.has(post));
}

export function releaseDue(model: Model, now: number): void {
  for (const mailing of model.mailings)
    if (!mailing.audience && mailing.at <= now) {
      release(mailing, model.readers);
      mailing.paused ||= now - mailing.at > lateMs;
    }
}

/** Whatever of it has not gone never goes. An edition that holds it ends; if nobody has that, its posts are free for the next one. */
export function withdraw(model: Model, post: Post): void {
  post.withdrawn = true;
  for (const mailing of model.mailings) {
    if (!mailing.posts.includes(post) || !isOpen(mailing)) continue;
    mailing.cancelled = true;
    if (mailing.kind !== "digest" || mailing.got.size > 0) continue;
    // Where only people are left who want nothing any more, it may have come to its end.
    const isAlive = mailing.audience?.some(({ state }) => state === "on the list") ?? true;
    for (const each of mailing.posts) each.digested = isAlive ? "no" : "maybe";
  }
}

/** Those who did not get it are sent it. */
export function finish(mailing: Mailing): void {
  mailing.refused.clear();
  Object.assign(mailing, { cancelled: false, paused: false });
}

/** A file that may be another post under a new name goes nowhere by itself until somebody decides. */
function isInDoubt({ posts }: Model, post: Post): boolean {
  return posts.some((other) => other !== post && other.text === post.text && (other.moved || post.moved));
}

/** Whether the next edition has it. */
export function isForDigest(model: Model, post: Post, now: number): "yes" | "no" | "maybe" {
  const { file, withdrawn, digested, date } = post;
  if (!file || withdrawn || digested === "yes" || date <= now - windowMs) return "no";
  return digested === "maybe" || isInDoubt(model, post) ? "maybe" : "yes";
}
