/** Colours code: marks comments, keywords and strings. */

import { createRequire } from "node:module";
import type { HLJSApi } from "highlight.js";

/** The kinds of code that have their own colour in the theme. */
export const shades = ["comment", "keyword", "string", "number", "name", "attribute"] as const;
export type Shade = (typeof shades)[number];

/** A part of the code with one colour; `null` is plain text. */
export interface Run {
  text: string;
  shade: Shade | null;
}

/** In characters. Longer code is a whole file and takes too long. */
const longest = 12_000;

const require = createRequire(import.meta.url);

/** The coloured parts of a code block; `null` if the language is unknown. Neighbours with the same colour are one part. */
export function highlight(code: string, language: string): Run[] | null {
  if (code.length > longest) return null;
  // Loading takes 85 ms, so it is only loaded for posts with code.
  const library = require("highlight.js") as HLJSApi;
  if (!library.getLanguage(language)) return null;
  return merged(runsOf(library.highlight(code, { language, ignoreIllegals: true }).value));
}

/** The library's result is text, entities and `<span class="hljs-…">`, correctly nested. The innermost known class counts. */
function runsOf(html: string): Run[] {
  const runs: Run[] = [];
  const open: (Shade | null)[] = [];
  for (const [, scope, close, text] of html.matchAll(/<span class="([^"]*)">|(<\/span>)|([^<]+)/g)) {
    if (scope !== undefined) open.push(shadeOf(scope) ?? open.at(-1) ?? null);
    else if (close) open.pop();
    else runs.push({ text: plain(text ?? ""), shade: open.at(-1) ?? null });
  }
  return runs;
}

/** White space has no colour, so it is joined to the text before it. */
function merged(runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  for (const run of runs) {
    const last = result.at(-1);
    if (last && (last.shade === run.shade || run.text.trim() === "")) last.text += run.text;
    else result.push({ ...run });
  }
  return result;
}

function plain(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#x27);/g, (_, name: string) => entities[name] ?? "");
}

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'" };

function shadeOf(scope: string): Shade | null | undefined {
  const [name = ""] = scope.replaceAll("hljs-", "").split(" ");
  return shadesByScope[name];
}

/** https://highlightjs.readthedocs.io/en/latest/css-classes-reference.html; `null` is plain again inside something coloured. */
const shadesByScope: Record<string, Shade | null> = {
  ...assign("comment", "comment quote meta doctag"),
  ...assign("keyword", "keyword built_in type literal operator selector-tag deletion"),
  ...assign("string", "string regexp addition code link char.escape"),
  ...assign("number", "number symbol bullet"),
  ...assign("name", "title function section name tag class"),
  ...assign(
    "attribute",
    "attr attribute property selector-class selector-id selector-attr selector-pseudo template-variable",
  ),
  subst: null,
  params: null,
};

function assign(shade: Shade, scopes: string): Record<string, Shade> {
  return Object.fromEntries(scopes.split(" ").map((scope) => [scope, shade]));
}
