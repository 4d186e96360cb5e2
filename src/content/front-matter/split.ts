/**
 * Splits a file into front matter and body. gray-matter's own splitter accepts `----` and `---more` as a closing
 * fence, takes an unclosed fence for a whole file of YAML, and ignores TOML and JSON. So it only gets files that this
 * one has split.
 */

import type { Diagnostic } from "#core/posts/diagnostic.ts";
import { finding } from "../rules.ts";

export type FrontMatterLanguage = "yaml" | "toml" | "json";

export interface Sections {
  /** `null` when the file has no front matter. */
  language: FrontMatterLanguage | null;
  /** The front matter without its fences. */
  matter: string;
  /** Line of the file on which `matter` begins. */
  matterLine: number;
  body: string;
  /** Line of the file on which `body` begins. */
  bodyLine: number;
}

/** `text` as `readSource` gives it. */
export function split(text: string): Sections | { problem: Diagnostic } {
  const lines = text.split("\n");
  const first = lines.findIndex((line) => line.trim() !== "");
  const opening = lines[first] ?? "";
  const cut = (language: FrontMatterLanguage, from: number, to: number, bodyFrom: number): Sections => ({
    language,
    matter: lines.slice(from, to).join("\n"),
    matterLine: from + 1,
    body: lines.slice(bodyFrom).join("\n"),
    bodyLine: bodyFrom + 1,
  });
  const none: Sections = { language: null, matter: "", matterLine: 1, body: text, bodyLine: 1 };

  if (/^\{\s*(["}]|$)/.test(opening)) {
    const end = jsonEnd(lines, first);
    return end === -1 ? unclosed(first, "}") : cut("json", first, end + 1, end + 1);
  }

  const bare = bareMatter(lines, first);
  if (bare !== -1) return cut("yaml", first, bare, bare + 1);

  const toml = /^\+\+\+\s*$/.test(opening);
  const word = /^---[ \t]*([^-\s].*)?$/.exec(opening.trimEnd());
  if (!toml && !word) return none;
  const named = (word?.[1] ?? "").toLowerCase();
  const language = toml ? "toml" : languages.get(named);
  if (!language) {
    if (!/^[\w+#./-]+$/.test(named)) return none;
    return {
      problem: finding(
        "front-matter-language",
        first + 1,
        `Front matter in "${named.slice(0, 40)}" is not supported, because Postrider never runs code in a post; use YAML, TOML or JSON`,
      ),
    };
  }

  const closing = toml ? /^\+\+\+\s*$/ : /^(---|\.\.\.)\s*$/;
  const end = lines.findIndex((line, index) => index > first && closing.test(line));
  if (end !== -1) return cut(language, first + 1, end, end + 1);
  // `---` above plain text is a horizontal rule; above `key:` it was meant as a fence.
  const meant = toml || named !== "" || /^[\w.-]+[ \t]*:/.test(lines[first + 1] ?? "");
  return meant ? unclosed(first, toml ? "+++" : "---") : none;
}

/** Index of the fence that ends front matter without an opening fence, as Hexo allows; or -1. Text with such a line below it is a heading. */
function bareMatter(lines: readonly string[], first: number): number {
  if (!/^(?:title|date|layout)[ \t]*:/i.test(lines[first] ?? "")) return -1;
  for (let index = first + 1; index < Math.min(lines.length, first + maxBare); index++) {
    const line = lines[index] ?? "";
    if (/^---+\s*$/.test(line)) return index > first + 1 ? index : -1;
    if (!/^(?:[\w-]{1,60}[ \t]*:(?:[ \t]|$)|[ \t]+\S|-[ \t])/.test(line)) return -1;
  }
  return -1;
}

const maxBare = 100;

const languages = new Map<string, FrontMatterLanguage>([
  ["", "yaml"],
  ["yaml", "yaml"],
  ["yml", "yaml"],
  ["toml", "toml"],
  ["json", "json"],
]);

function unclosed(index: number, fence: string): { problem: Diagnostic } {
  const message = `The front matter that begins here is not closed; put "${fence}" on a line of its own after it`;
  return { problem: finding("front-matter-unclosed", index + 1, message) };
}

/** Index of the line on which the object that begins on line `first` ends; or -1. Nothing may follow on that line. */
function jsonEnd(lines: readonly string[], first: number): number {
  let depth = 0;
  let quoted = false;
  for (let index = first; index < lines.length; index++) {
    const line = lines[index] ?? "";
    for (let at = 0; at < line.length; at++) {
      const character = line[at];
      if (quoted && character === "\\") at++;
      else if (character === '"') quoted = !quoted;
      else if (!quoted && character === "{") depth++;
      else if (!quoted && character === "}" && --depth === 0) return line.slice(at + 1).trim() === "" ? index : -1;
    }
  }
  return -1;
}
