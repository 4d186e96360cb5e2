/** What is wrong with posts only when they are seen together. */

import type { Diagnostic } from "#core/diagnostic.ts";
import { type Code, finding, type Switches, switched } from "./rules.ts";

/** As much of a post as comparing takes. */
export interface ComparedPost {
  path: string;
  title: string;
  url: string;
}

/** Findings by path: titles and addresses that several posts share. Each is told of one other. */
export function comparePosts(posts: readonly ComparedPost[], switches: Switches): Map<string, Diagnostic[]> {
  const found = new Map<string, Diagnostic[]>();
  const compare = (code: Code, keyOf: (post: ComparedPost) => string, message: (other: string) => string): void => {
    for (const group of Map.groupBy(posts, keyOf).values())
      for (const [index, post] of group.entries()) {
        const other = group[index === 0 ? 1 : 0];
        const diagnostic = other && switched(finding(code, 1, message(other.path)), switches);
        if (diagnostic) found.set(post.path, [...(found.get(post.path) ?? []), diagnostic]);
      }
  };
  const title = (post: ComparedPost): string => post.title.toLowerCase().replace(/\s+/g, " ");
  const address = (post: ComparedPost): string => post.url.replace(/\/$/, "");
  compare("duplicate-title", title, (other) => `${other} has the same title; readers can't tell the two apart`);
  compare("duplicate-url", address, (other) => `${other} has the same address; give one of them another slug`);
  return found;
}
