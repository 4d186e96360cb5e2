/**
 * The `syndication` list in a post's front matter: addresses of its copies. We write it, so it is not part of a
 * revision, and writing it changes no other byte of the file.
 */

import { isDeepStrictEqual } from "node:util";
import { tomlRootEnd, tomlSpan } from "#formats/toml-layout.ts";
import { yamlLayout } from "#formats/yaml-layout.ts";
import { readFrontMatter } from "./front-matter.ts";
import { type FrontMatterLanguage, split } from "./split.ts";

const key = "syndication";

/** Replaces the text between two offsets. */
export interface Edit {
  from: number;
  to: number;
  insert: string;
}

/** The position of the front matter in the text. */
interface Frame {
  language: FrontMatterLanguage;
  from: number;
  matter: string;
}

/** The text from `readSource` without the list. Revisions are made from this text. */
export function withoutSyndication(text: string): string {
  if (!text.includes(key)) return text;
  const frame = frameOf(text);
  const edit = frame && removal(frame);
  if (!edit) return text;
  const rest = applied(text, edit);
  const left = frameOf(rest);
  // We had added the front matter only for the list.
  return left?.matter === "" && left.language === "yaml" ? rest.replace(/^---\n---\n/, "") : rest;
}

/**
 * The edit that makes the list contain these addresses.
 * @param links - in this order, after the author's own addresses.
 * @param former - addresses that we wrote earlier. Those that are not in `links` are removed.
 * @returns `null` if nothing changes; `"strange"` if the front matter has a layout that we can't edit safely.
 */
export function syndicationEdit(
  text: string,
  links: readonly string[],
  former: readonly string[],
): Edit | null | "strange" {
  const before = readFrontMatter(text);
  if (before.diagnostics.some(({ severity }) => severity === "error")) return "strange";
  const present = listIn(before.data[key]);
  if (!present) return "strange";
  const kept = present.filter((link) => links.includes(link) || !former.includes(link));
  const wanted = [...kept, ...links.filter((link) => !kept.includes(link))];
  if (isDeepStrictEqual(present, wanted)) return null;
  const frame = frameOf(text);
  const edit = frame ? editIn(frame, present, wanted) : { from: 0, to: 0, insert: `---\n${yamlList(wanted)}---\n` };
  return edit && isHarmless(text, edit, wanted) ? edit : "strange";
}

/** Applies an edit to the raw text. The edit was made for line ends `\n` and no byte order mark. */
export function appliedAsWritten(raw: string, { from, to, insert }: Edit): string {
  const mark = raw.startsWith("\ufeff") ? 1 : 0;
  const lineEnd = /\r\n|\r|\n/.exec(raw)?.[0] ?? "\n";
  let normal = 0;
  let at = mark;
  const rawOffset = (offset: number): number => {
    for (; normal < offset; normal++) at += raw[at] === "\r" && raw[at + 1] === "\n" ? 2 : 1;
    return at;
  };
  const [begin, end] = [rawOffset(from), rawOffset(to)];
  return raw.slice(0, begin) + insert.replaceAll("\n", lineEnd) + raw.slice(end);
}

function applied(text: string, { from, to, insert }: Edit): string {
  return text.slice(0, from) + insert + text.slice(to);
}

/** `null` if it is not a list of addresses. */
function listIn(value: unknown): string[] | null {
  if (value === undefined || value === null || value === "") return [];
  const values = Array.isArray(value) ? value : [value];
  return values.every((each) => typeof each === "string") ? values : null;
}

/** Checks that all other values are unchanged, so that a misread layout does no harm. */
function isHarmless(text: string, edit: Edit, wanted: readonly string[]): boolean {
  const [before, after] = [readFrontMatter(text), readFrontMatter(applied(text, edit))];
  const { [key]: _old, ...others } = before.data;
  const { [key]: list, ...rest } = after.data;
  return before.body === after.body && isDeepStrictEqual(others, rest) && isDeepStrictEqual(listIn(list), wanted);
}

function frameOf(text: string): Frame | null {
  const sections = split(text);
  if ("problem" in sections || sections.language === null) return null;
  const from = offsetOfLine(text, sections.matterLine);
  // The closing fence is the line before the body. JSON has none.
  const to = sections.language === "json" ? from + sections.matter.length : offsetOfLine(text, sections.bodyLine - 1);
  return { language: sections.language, from, matter: text.slice(from, to) };
}

function offsetOfLine(text: string, line: number): number {
  let offset = 0;
  for (let number = 1; number < line; number++) offset = text.indexOf("\n", offset) + 1;
  return offset;
}

/** @param wanted - if empty, the key is removed. */
function editIn(frame: Frame, present: readonly string[], wanted: readonly string[]): Edit | null {
  if (wanted.length === 0) return removal(frame);
  return shifted(
    frame.language === "toml" ? tomlEdit(frame.matter, wanted) : yamlEdit(frame.matter, present, wanted),
    frame,
  );
}

function removal(frame: Frame): Edit | null {
  const { language, matter } = frame;
  const span = language === "toml" ? tomlSpan(matter, key) : yamlSpan(matter);
  return shifted(span && { ...span, insert: "" }, frame);
}

function shifted(edit: Edit | null, { from }: Frame): Edit | null {
  return edit && { ...edit, from: edit.from + from, to: edit.to + from };
}

// YAML, and JSON, which is YAML in braces.

function yamlEdit(matter: string, present: readonly string[], wanted: readonly string[]): Edit | null {
  const layout = yamlLayout(matter);
  if (!layout) return null;
  const entry = layout.entries.findLast((each) => each.key === key);
  if (layout.flow) {
    const value = `[${wanted.map((link) => JSON.stringify(link)).join(", ")}]`;
    if (entry) return { from: entry.from, to: entry.to, insert: `"${key}": ${value}` };
    const last = layout.entries.at(-1);
    const at = last?.to ?? matter.indexOf("{") + 1;
    const between = last ? (/\n[ \t]*$/.exec(matter.slice(0, layout.entries[0]?.from))?.[0] ?? " ") : "";
    return { from: at, to: at, insert: `${last ? "," : ""}${between}"${key}": ${value}` };
  }
  if (!entry) return { from: matter.length, to: matter.length, insert: yamlList(wanted) };
  const isLonger = present.length > 0 && present.every((link, index) => wanted[index] === link);
  const last = entry.items?.at(-1);
  if (isLonger && last !== undefined) {
    const [dash = "  - "] = /[^\n]*$/.exec(matter.slice(0, last)) ?? [];
    const at = lineEnd(matter, entry.to);
    if (/^[ \t]*-[ \t]+$/.test(dash))
      return {
        from: at,
        to: at,
        insert: wanted
          .slice(present.length)
          .map((link) => `${dash}${yamlText(link)}\n`)
          .join(""),
      };
  }
  return { from: lineStart(matter, entry.from), to: lineEnd(matter, entry.to), insert: yamlList(wanted) };
}

function yamlSpan(matter: string): Omit<Edit, "insert"> | null {
  const layout = yamlLayout(matter);
  const index = layout?.entries.findLastIndex((each) => each.key === key) ?? -1;
  const entry = layout?.entries[index];
  if (!layout || !entry) return null;
  if (!layout.flow) return { from: lineStart(matter, entry.from), to: lineEnd(matter, entry.to) };
  const before = layout.entries[index - 1];
  const after = layout.entries[index + 1];
  if (before) return { from: before.to, to: entry.to };
  return { from: entry.from, to: after?.from ?? entry.to };
}

function yamlList(links: readonly string[]): string {
  return `${key}:\n${links.map((link) => `  - ${yamlText(link)}\n`).join("")}`;
}

/** Addresses contain no characters with a meaning in YAML, except a colon at the end or a `#` after a space. */
function yamlText(link: string): string {
  return /^https?:\/\/[\w.~:/?#@!$&'()*+,;=%-]*[\w/=%-]$/.test(link) ? link : JSON.stringify(link);
}

// TOML

function tomlEdit(matter: string, wanted: readonly string[]): Edit {
  const span = tomlSpan(matter, key);
  const insert = `${key} = [${wanted.map((link) => `\n  ${JSON.stringify(link)},`).join("")}\n]\n`;
  if (span) return { ...span, insert };
  // After a table header, all lines belong to the table.
  const at = tomlRootEnd(matter);
  return { from: at, to: at, insert };
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** The offset after the line feed. For an offset at the start of a line, this is the previous line. */
function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end + 1;
}
