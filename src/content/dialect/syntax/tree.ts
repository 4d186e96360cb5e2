/** Matches opening and closing tags. */

import type { Tag } from "./tag.ts";

/** A tag, with its closing tag and the content between, if it has one. */
export interface TagNode {
  tag: Tag;
  close?: Tag;
  children: TagNode[];
}

/** Tags in document order. A closing tag without an opening tag is dropped; an unclosed tag is a single tag. */
export function pairTags(tags: readonly Tag[]): TagNode[] {
  const ends = endsOf(tags);
  const root: TagNode[] = [];
  const open: TagNode[] = [];
  for (const tag of tags) {
    while (open.at(-1)?.close && (open.at(-1)?.close?.start ?? 0) <= tag.start) open.pop();
    if (tag.role === "end") continue;
    const close = ends.get(tag);
    const node: TagNode = { tag, ...(close && { close }), children: [] };
    (open.at(-1)?.children ?? root).push(node);
    if (close) open.push(node);
  }
  return root;
}

/** A tag that is still open after this many others counts as unclosed. This also limits the depth of the tree. */
const maxOpen = 40;

function endsOf(tags: readonly Tag[]): Map<Tag, Tag> {
  const ends = new Map<Tag, Tag>();
  const open: Tag[] = [];
  for (const tag of tags) {
    if (tag.role === "both") {
      open.push(tag);
      if (open.length > maxOpen) open.shift();
    }
    if (tag.role !== "end") continue;
    const at = open.findLastIndex((each) => each.syntax === tag.syntax && endsWith(each.name, tag.name));
    const begin = open[at];
    if (!begin) continue;
    ends.set(begin, tag);
    open.length = at;
  }
  return ends;
}

function endsWith(open: string, end: string): boolean {
  return end === "" || open.toLowerCase() === end.toLowerCase();
}
