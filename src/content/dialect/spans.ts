/** Converts inline syntax of some generators: kramdown attributes, heading ids, emoji names. */

import { nameToEmoji } from "gemoji";
import type { Preset } from "#core/posts/preset.ts";
import { kramdownBoxes } from "./alerts.ts";
import { outside, type Range } from "./syntax/code.ts";
import { lineFeeds } from "./syntax/literal.ts";

/** The text without them. Text in `ranges` is not changed. */
export function plainSpans(text: string, syntax: Preset["syntax"], ranges: readonly Range[]): string {
  const rules = [
    contentsMark,
    ...(syntax.kramdown
      ? [tableOfContents, abbreviations, kramdownBoxes, kramdownBlocks, kramdownAttributes, definitionLists]
      : []),
    ...(syntax.emoji ? [emoji] : []),
  ];
  const plain = outside(text, ranges, (piece) => rules.reduce((result, rule) => rule(result), piece));
  return syntax.headingIds || syntax.kramdown ? withoutHeadingIds(plain) : plain;
}

/** Removes `[TOC]` on its own line: many generators replace it by a table of contents, which an email doesn't need. */
function contentsMark(piece: string): string {
  return piece.replace(/^[ \t]{0,3}(?:\[\[?_?toc_?\]\]?|\$\{toc\})[ \t]*$/gim, "");
}

/** `*[HTML]: Hyper Text Markup Language`: which a browser shows as a tooltip. */
function abbreviations(piece: string): string {
  return piece.replace(/^[ \t]{0,3}\*\[[^\]\n]{1,60}\]:[^\n]*$/gm, "");
}

function tableOfContents(piece: string): string {
  return piece.replace(/^[-*+] [^\n]{0,80}\n\{:[ \t]{0,3}toc[^{}\n]{0,80}\}/gm, "\n");
}

/** `{::options …/}`, `{::comment} … {:/comment}`. */
function kramdownBlocks(piece: string): string {
  return piece
    .replace(/\{::comment\}(?:(?!\{::comment\})[\s\S]){0,5000}?\{:\/(?:comment)?\}/g, lineFeeds)
    .replace(/\{::nomarkdown\}/g, "")
    .replace(/\{::?\/?[a-z]\w{0,20}[^{}\n]{0,200}\/\}|\{:\/\w{0,20}\}/g, "");
}

/** `{: .center}`, `{:target="_blank"}`, at the end of a block or of a link. */
function kramdownAttributes(piece: string): string {
  return piece.replace(
    /[ \t]{0,5}\{:[ \t]{0,3}(?=[.#\w])[^{}\n]{0,200}\}|(?<=[)\]])\{[ \t]{0,3}[.#][\w-][^{}\n]{0,200}\}/g,
    "",
  );
}

/** A term in bold with its definitions below it. */
function definitionLists(piece: string): string {
  if (!/^:[ \t]/m.test(piece)) return piece;
  const lines = piece.split("\n");
  const isDefinition = (line: string | undefined): boolean => /^ {0,3}:[ \t]{1,4}\S/.test(line ?? "");
  return lines
    .map((line, index) => {
      if (isDefinition(line))
        return `${line.replace(/^ {0,3}:[ \t]{1,4}/, "")}${isDefinition(lines[index + 1]) ? "  " : ""}`;
      const isTerm = isDefinition(lines[index + 1]) && /^[^\s>|#*+-]/.test(line) && !(lines[index - 1] ?? "").trim();
      return isTerm && !/[*_]/.test(line) ? `**${line.trim()}**  ` : line;
    })
    .join("\n");
}

function emoji(piece: string): string {
  return piece.replace(/(?<![\w:/]):([a-z0-9_+-]{2,40}):(?![\w:])/g, (match, name: string) =>
    Object.hasOwn(nameToEmoji, name) ? (nameToEmoji[name] ?? match) : match,
  );
}

/** `## Heading {#id}`: the heading may contain a code span, so whole lines are checked, and fences are recognised by their marks. */
function withoutHeadingIds(text: string): string {
  if (!text.includes("{")) return text;
  let fence = "";
  return text
    .split("\n")
    .map((line) => {
      const mark = /^[ \t>]*(`{3,}|~{3,})/.exec(line)?.[1];
      if (mark && fence === "") fence = mark;
      else if (mark?.startsWith(fence)) fence = "";
      if (fence !== "" || !/^[ \t>]*(?:[-*+] )?#{1,6}[ \t]/.test(line)) return line;
      return line.replace(/[ \t]{0,10}\{:?[ \t]{0,3}[#.][^{}]{0,120}\}(?=[ \t]{0,10}#{0,6}[ \t]{0,10}$)/, "");
    })
    .join("\n");
}
