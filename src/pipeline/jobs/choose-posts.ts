/** Chooses and orders the posts of an edition. */

import type { PostChoice } from "#core/jobs/job-file.ts";
import type { Post } from "#core/posts/post.ts";
import type { Digest } from "#core/renditions/rendition.ts";

/** The content of an edition, in the order in which it is shown. */
export type Contents = Required<Pick<Digest, "posts" | "groups">>;

/**
 * @param unused - posts that were in no edition of the job.
 * @param at - the edition's time. Posts with a later date wait for the next edition.
 * @param others - heading for posts without a group.
 */
export function choosePosts(unused: readonly Post[], choice: PostChoice, at: Date, others: string): Contents {
  const { since, tags, authors, limit, order, group } = choice;
  const oldest = since === "last-run" ? Number.NEGATIVE_INFINITY : at.getTime() - since * 1000;
  const candidates = unused
    .filter(({ status }) => status !== "draft" && status !== "held")
    .filter(({ publishedAt }) => isWithin(Date.parse(publishedAt), oldest, at.getTime()))
    .filter((post) => tags.length === 0 || post.tags.some((tag) => hasName(tags, tag)))
    .filter((post) => authors.length === 0 || post.authors.some(({ name }) => hasName(authors, name)))
    .sort(byDate);
  // The oldest first. With the newest first, some posts would wait forever.
  const chosen = candidates.slice(0, limit);
  if (order === "newest") chosen.reverse();
  return group === "none" ? { posts: chosen, groups: [] } : grouped(chosen, group, others, tags);
}

function isWithin(time: number, after: number, upTo: number): boolean {
  return time > after && time <= upTo;
}

function hasName(names: readonly string[], name: string): boolean {
  return names.some((each) => each.toLowerCase() === name.toLowerCase());
}

/** Posts with the same date are ordered by their id, so that the same posts always give the same edition. */
function byDate(a: Post, b: Post): number {
  return Date.parse(a.publishedAt) - Date.parse(b.publishedAt) || (a.id < b.id ? -1 : 1);
}

/** A post is shown once, under its first tag or author. Groups are in the order of their first posts. */
function grouped(posts: readonly Post[], by: "tag" | "author", others: string, wanted: readonly string[]): Contents {
  const headingOf = ({ tags, authors }: Post): string =>
    (by === "author" ? authors[0]?.name : (tags.find((tag) => hasName(wanted, tag)) ?? tags[0])) ?? "";
  const groups = [...Map.groupBy(posts, headingOf)].sort(([a], [b]) => Number(a === "") - Number(b === ""));
  return {
    posts: groups.flatMap(([, members]) => members),
    groups: groups.map(([title, members]) => ({ title: title || others, count: members.length })),
  };
}
