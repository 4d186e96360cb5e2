/** Where links and images of a post lead, by the rules of its generator: other posts by their files, images by their place. */

import type { Preset } from "#core/preset.ts";
import type { Code } from "../rules.ts";
import { protectedRanges } from "./code.ts";
import { lineFeeds } from "./literal.ts";
import { outside } from "./spans.ts";

export interface Targets {
  preset: Preset;
  postAddress(reference: string): string | null;
  report(code: Code, line: number, message: string): void;
}

/** Puts the addresses of other posts in place of their files, and takes out images that nobody but the generator can find. */
export function resolveTargets(text: string, targets: Targets): string {
  if (!/\]\(|^ {0,3}\[[^\]]+\]:/m.test(text)) return text;
  const lineOf = (piece: string, start: number, index: number): number => lines(text, start) + lines(piece, index) + 1;
  return outside(text, protectedRanges(text), (piece, start) =>
    piece
      .replace(
        /!\[((?:[^[\]\\\n]|\\.){0,1000})\]\(\s{0,5}<?([^\s()<>]{1,2000})>?(?:\s{1,5}(?:"[^"\n]{0,500}"|'[^'\n]{0,500}'))?\s{0,5}\)/g,
        (match, _alt: string, src: string, index: number) => {
          const address = resolveImage(src, lineOf(piece, start, index), targets);
          return address === null ? lineFeeds(match) : address === src ? match : match.replace(src, () => address);
        },
      )
      .replace(/(?<=\]\()([^\s()<>]{1,2000})(?=[\s)])/g, (href: string, _href, index: number) =>
        resolveLink(href, () => lineOf(piece, start, index), targets),
      )
      .replace(
        /(?<=^ {0,3}\[[^\]\n]{1,200}\]:[ \t]{1,10}<?)([^\s<>]{1,2000})/gm,
        (href: string, _href, index: number) => resolveLink(href, () => lineOf(piece, start, index), targets),
      ),
  );
}

/** The image's address, relative to the post where the site keeps it there; `null`, and a finding, where the generator hides it. */
export function resolveImage(src: string, line: number, { preset, report }: Targets): string | null {
  const mapped = assetAddress(src, preset);
  if (/^(?:[a-z][a-z0-9+.-]*:|\/|#|\{)/i.test(mapped)) return mapped;
  if (preset.relativeImages === "beside-post" && !/^[@~]/.test(mapped)) return mapped;
  const name = mapped.length > 60 ? `${mapped.slice(0, 60)}…` : mapped;
  report(
    "hidden-image",
    line,
    `The site's generator gives "${name}" an address of its own, so it is left out; use one that stays`,
  );
  return null;
}

function assetAddress(path: string, { assets }: Preset): string {
  for (const [source, site] of Object.entries(assets))
    if (path.startsWith(source)) return site + path.slice(source.length);
  return path;
}

/** A link to a Markdown file means the post that is made of it. */
function resolveLink(href: string, line: () => number, { preset, postAddress, report }: Targets): string {
  const mapped = assetAddress(href, preset);
  const [, path, part = ""] = /^(?!\w[\w+.-]*:|\/\/)([^?#]+\.(?:md|mdx|markdown))(#.*)?$/i.exec(mapped) ?? [];
  if (!path) return mapped;
  const url = postAddress(path);
  if (url) return url + part;
  report("dead-post-link", line(), `There is no post "${path.slice(0, 80)}" in the content folder; mend the link`);
  return mapped;
}

function lines(text: string, end: number): number {
  return text.slice(0, end).split("\n").length - 1;
}
