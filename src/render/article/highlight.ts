/** Colours code: marks comments, keywords and strings. */

import { createRequire } from "node:module";
import type { HLJSApi } from "highlight.js";

/** As many kinds as a reader tells apart; the theme has a colour for each. */
export const shades = ["comment", "keyword", "string", "number", "name", "attribute"] as const;
export type Shade = (typeof shades)[number];

/** A run of one colour; `null` is that of plain text. */
export interface Run {
  text: string;
  shade: Shade | null;
}

/** More is a file and not an example, and costs time. Characters. */
const longest = 12_000;

const require = createRequire(import.meta.url);

/** The runs of a code block, or `null` where the language is unknown. Neighbours of one colour are one run. */
export function highlight(code: string, language: string): Run[] | null {
  if (code.length > longest) return null;
  // 85 ms to load: only for posts that have code.
  const library = require("highlight.js") as HLJSApi;
  if (!library.getLanguage(language)) return null;
  return merged(runsOf(library.highlight(code, { language, ignoreIllegals: true }).value));
}

/** The library's result is text, entities and `<span class="hljs-…">`, properly nested; the innermost known class counts. */
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

/** White space has no colour, so it joins the text before it. */
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
