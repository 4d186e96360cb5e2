/** Resolves links and images of a post by its generator's rules. */

import type { Preset } from "#core/posts/preset.ts";
import type { Code } from "../rules.ts";
import { outside, protectedRanges } from "./syntax/code.ts";
import { lineCounter } from "./syntax/lines.ts";
import { lineFeeds } from "./syntax/literal.ts";

export interface Targets {
  preset: Preset;
  postAddress(reference: string): string | null;
  report(code: Code, line: number, message: string): void;
}

/** Replaces links to files of other posts by their addresses, and removes images that only the generator can find. */
export function resolveTargets(text: string, targets: Targets): string {
  if (!/\]\(|^ {0,3}\[[^\]]+\]:|<img\s/im.test(text)) return text;
  const lineOfPiece = lineCounter(text);
  return outside(text, protectedRanges(text), (piece, start) => {
    const before = lineOfPiece(start) - 1;
    const change = (
      source: string,
      pattern: RegExp,
      target: (found: RegExpExecArray, line: number) => string,
    ): string => {
      const lineAt = lineCounter(source);
      return source.replace(pattern, (...groups) => {
        const index = groups.findIndex((group) => typeof group === "number");
        const found = groups.slice(0, index) as RegExpExecArray;
        return target(found, before + lineAt(groups[index] as number));
      });
    };
    const hasTags = /<img\s/i.test(piece);
    const hasDefinitions = /^ {0,3}\[[^\]\n]{1,200}\]:/m.test(piece);
    const hasInline = piece.includes("](");
    const withImages = !hasInline
      ? piece
      : change(piece, image, ([match, src = ""], line) => {
          const address = resolveImage(src, line, targets);
          return address === null ? lineFeeds(match) : address === src ? match : match.replace(src, () => address);
        });
    const withTags = !hasTags
      ? withImages
      : change(withImages, imageTag, ([tag, src = ""], line) => {
          const address = resolveImage(src, line, targets);
          return address === null ? lineFeeds(tag) : tag.replace(src, () => address);
        });
    const withLinks = !hasInline
      ? withTags
      : change(withTags, inlineTarget, ([href], line) => resolveLink(href, line, targets));
    return !hasDefinitions
      ? withLinks
      : change(withLinks, definedTarget, ([href], line) => resolveLink(href, line, targets));
  });
}

const image =
  /!\[(?:[^[\]\\\n]|\\.){0,1000}\]\(\s{0,5}<?([^\s()<>]{1,2000})>?(?:\s{1,5}(?:"[^"\n]{0,500}"|'[^'\n]{0,500}'))?\s{0,5}\)/g;
const imageTag = /<img\s[^<>]{0,1000}?\bsrc=["']([^"'<>]{1,2000})["'][^<>]{0,1000}>/gi;
const inlineTarget = /(?<=\]\()[^\s()<>]{1,2000}(?=[\s)])/g;
const definedTarget = /(?<=^ {0,3}\[[^\]\n]{1,200}\]:[ \t]{1,10}<?)[^\s<>]{1,2000}/gm;

/** The image's address, relative to the post if the site keeps it there; `null`, with a finding, if the generator hides it. */
export function resolveImage(src: string, line: number, { preset, report }: Targets): string | null {
  const mapped = assetAddress(src, preset);
  if (/^(?:[a-z][a-z0-9+.-]*:|\/|#|\{)/i.test(mapped)) return mapped;
  if (preset.relativeImages === "beside-post" && !/^[@~]/.test(mapped)) return mapped;
  const name = mapped.length > 60 ? `${mapped.slice(0, 60)}…` : mapped;
  report(
    "hidden-image",
    line,
    `The site's generator changes the address of "${name}", so the image is left out; use an image with a fixed address`,
  );
  return null;
}

/** The path on the site for a path in the source. */
export function assetAddress(path: string, { assets }: Preset): string {
  for (const [source, site] of Object.entries(assets))
    if (path.startsWith(source)) return site + path.slice(source.length);
  return path;
}

/** A link to a Markdown file means the post that is made from it. */
function resolveLink(href: string, line: number, { preset, postAddress, report }: Targets): string {
  const mapped = assetAddress(href, preset);
  const [, path, part = ""] = /^(?!\w[\w+.-]*:|\/\/)([^?#]+\.(?:md|mdx|markdown))(#.*)?$/i.exec(mapped) ?? [];
  if (!path) return mapped;
  const url = postAddress(path);
  if (url) return url + part;
  report("dead-post-link", line, `There is no post "${path.slice(0, 80)}" in the content folder; correct the link`);
  return mapped;
}
