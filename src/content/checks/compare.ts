/** Finds problems between posts, such as two posts with one address. */

import type { Diagnostic } from "#core/posts/diagnostic.ts";
import { type Code, finding, type Switches, switched } from "../rules.ts";
import { bareAddress, type SiteLink } from "./site-links.ts";

/** The parts of a post that are compared. */
export interface ComparedPost {
  path: string;
  title: string;
  url: string;
  status: string;
  /** Links to pages of the same site. */
  links: readonly SiteLink[];
}

/** Findings by path: titles and addresses that several posts share (each finding names one other post), and links to drafts. */
export function comparePosts(all: readonly ComparedPost[], switches: Switches): Map<string, Diagnostic[]> {
  const found = new Map<string, Diagnostic[]>();
  const posts = all.filter(({ status }) => status !== "draft");
  const drafts = new Map(all.filter(({ status }) => status === "draft").map((post) => [bareAddress(post.url), post]));
  const report = (post: ComparedPost, problem: Diagnostic): void => {
    const diagnostic = switched(problem, switches);
    if (diagnostic) found.set(post.path, [...(found.get(post.path) ?? []), diagnostic]);
  };
  const compare = (code: Code, keyOf: (post: ComparedPost) => string, message: (other: string) => string): void => {
    for (const group of Map.groupBy(posts, keyOf).values())
      for (const [index, post] of group.entries()) {
        const other = group[index === 0 ? 1 : 0];
        if (other) report(post, finding(code, 1, message(other.path)));
      }
  };
  const title = (post: ComparedPost): string => post.title.toLowerCase().replace(/\s+/g, " ");
  const address = (post: ComparedPost): string => bareAddress(post.url);
  compare(
    "duplicate-title",
    title,
    (other) => `${other} has the same title; change one so that readers can tell them apart`,
  );
  compare("duplicate-url", address, (other) => `${other} has the same address; give one of them another slug`);
  for (const post of posts)
    for (const { address: target, line } of post.links) {
      const draft = drafts.get(target);
      if (draft)
        report(
          post,
          finding("draft-link", line, `${draft.path} is a draft, and this post links to it; publish the draft first`),
        );
    }
  return found;
}
