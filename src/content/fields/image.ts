/** Finds the main picture of a post. */

import { assetAddress } from "#content/dialect/targets.ts";
import type { Outline } from "#core/posts/outline.ts";
import type { PostImage, Site } from "#core/posts/post.ts";
import type { Preset } from "#core/posts/preset.ts";
import { every, memberText, pick, textOf } from "./fields.ts";
import { plainText } from "./plain-text.ts";

/** The image in the front matter, or else the first image of the body. An SVG is skipped, because email clients don't show it. */
export function readImage(
  post: { data: Readonly<Record<string, unknown>>; outline: Outline; url: string },
  preset: Preset,
  site: Site,
): PostImage | null {
  for (const { value } of every(post.data, preset.keys.image)) {
    const first: unknown = Array.isArray(value) ? value[0] : value;
    const written = textOf(first) ?? memberText(first, ["src", "url", "path", "image"]);
    const source = written && assetAddress(written, preset);
    // A front matter path without `./` is relative to the site's root, on every page.
    const url = source && address(/^(?:\.{1,2}|[@~])\//.test(source) ? source : rooted(source), post.url, preset, site);
    if (url) return { url, alt: plainText(textOf(pick(post.data, preset.keys.imageAlt)?.value) ?? "") };
  }
  for (const { src, alt } of post.outline.images) {
    const url = /\.svg(?:$|[?#])/i.test(src) ? null : address(src, post.url, preset, site);
    if (url) return { url, alt: plainText(alt) };
  }
  return null;
}

function rooted(source: string): string {
  return /^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(source) ? source : `/${source}`;
}

function address(source: string, postUrl: string, preset: Preset, site: Site): string | null {
  const text = source.trim();
  const absolute = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(text);
  if (!absolute && !text.startsWith("/") && preset.relativeImages === "hidden") return null;
  const [target, base] = text.startsWith("/") && !absolute ? [site.url + text, undefined] : [text, postUrl];
  if (text === "" || text.length > 2_000 || !URL.canParse(target, base)) return null;
  const url = new URL(target, base);
  return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
}
