/** Renders a post for a feed: clean, semantic HTML without classes or styles, because feed readers have their own. */

import { legalLine } from "#core/posts/legal-text.ts";
import type { PictureFile } from "#core/posts/picture.ts";
import type { Post } from "#core/posts/post.ts";
import type { FeedRendition } from "#core/renditions/rendition.ts";
import { readArticle } from "#render/article/article.ts";
import { absoluteSource } from "#render/article/links.ts";
import { type Element, element, type Node, serialize } from "#render/article/tree.ts";
import { validLanguage, wordsFor } from "#render/words/words.ts";

/** @param file - the file of the lead image, if it is known. */
export function feedRendition(post: Post, file: PictureFile | null = null): FeedRendition {
  const image = post.image && absoluteSource(post.image.url, post.url);
  return {
    medium: "feed",
    postId: post.id,
    revision: post.revision,
    url: post.url,
    title: legalLine(post.title),
    language: validLanguage(post.language),
    summary: legalLine(post.summary.text),
    html: serialize(readArticle(post, wordsFor(post.language)).map(forReaders)),
    authors: post.authors,
    tags: post.tags,
    publishedAt: post.publishedAt,
    ...(image && { image: { url: image, alt: legalLine(post.image?.alt ?? ""), ...file } }),
  };
}

/** Replaces our own elements and form controls by elements that feed readers know. */
function forReaders(node: Node): Node {
  if (typeof node === "string") return node;
  const { tag } = node;
  const { "data-note": number, "data-notes": _, "data-source": __, class: ___, ...attributes } = node.attributes;
  const children = node.children.map(forReaders);
  if (tag === "embed") {
    const link = (...content: Node[]): Element => element("a", { href: attributes["href"] ?? "" }, ...content);
    const label = `${attributes["kind"] === "play" ? "▶" : "↗"} ${attributes["label"]}`;
    const poster = children.length > 0 ? [link(...children), element("br", {})] : [];
    return element("p", {}, ...poster, link(label));
  }
  if (tag === "callout")
    return element("blockquote", {}, element("p", {}, element("strong", {}, attributes["label"] ?? "")), ...children);
  if (tag === "input") return "checked" in attributes ? "☑" : "☐";
  if (tag === "img" && !attributes["src"]) return attributes["alt"] ? `[${attributes["alt"]}]` : "";
  if (number) return element("sup", {}, `[${number}]`);
  return { tag, attributes, children };
}
