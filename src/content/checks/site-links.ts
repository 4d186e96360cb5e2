/** Collects a post's links to its own site, in its text and in its texts for networks. */

import type { ReadOutline } from "#core/posts/outline.ts";
import type { Post } from "#core/posts/post.ts";

export interface SiteLink {
  /** Without a fragment or a slash at the end. */
  address: string;
  /** Of the file. */
  line: number;
}

const most = 200;

export function siteLinks(post: Post, readOutline: ReadOutline): SiteLink[] {
  const { host } = new URL(post.url);
  const own = [post.shareText, ...Object.values(post.socialTexts ?? {})].join("\n");
  const found = [
    ...readOutline(post.body).links.map(({ href, line }) => ({ href, line: line + post.bodyLine - 1 })),
    ...(own.match(/https?:\/\/[^\s<>"]+/g) ?? []).map((href) => ({ href: href.replace(/[.,;:!?)]+$/, ""), line: 1 })),
  ];
  return found.slice(0, most).flatMap(({ href, line }) => {
    const url = URL.parse(href, post.url);
    return url?.host === host ? [{ address: bareAddress(url.href), line }] : [];
  });
}

/** The form in which addresses are compared. */
export function bareAddress(address: string): string {
  return address.replace(/#.*$/, "").replace(/\/$/, "");
}
