/** Finds TeX between dollar signs as GitHub and Pandoc do, strictly: prices and shell variables are not formulas. */

import type { Token, TokenizerAndRendererExtension, Tokens } from "marked";
import { escapeText } from "#core/posts/html.ts";

/** `$…$` inside a sentence. */
const inlineMaths: TokenizerAndRendererExtension = {
  name: "maths",
  level: "inline",
  start(src) {
    const at = src.slice(0, stride).indexOf("$");
    // Searching to the end of a long paragraph at each word would be quadratic.
    return at === -1 && src.length > stride ? stride : at === -1 ? undefined : at;
  },
  tokenizer(src, tokens) {
    if (/[\w$\\]$/.test(lastOf(tokens))) return undefined;
    const [raw, , text = ""] =
      /^(\$\$?)(?![\s$])((?:\\[^\n]|[^\\$\n]|\n(?!\s*\n)){1,500}?)(?<!\s)\1(?![\w$])/.exec(src) ?? [];
    return raw && readsAsTex(text) ? { type: "maths", raw, text } : undefined;
  },
  renderer: ({ text }) => `<code class="language-math">${escapeText(text as string)}</code>`,
};

/** Lines between `$$` and `$$`. */
const displayMaths: TokenizerAndRendererExtension = {
  name: "displayMaths",
  level: "block",
  start(src) {
    const end = src.indexOf("\n\n");
    return /\n {0,3}\$\$/.exec(end === -1 ? src.slice(0, 20_000) : src.slice(0, Math.min(end, 20_000)))?.index;
  },
  tokenizer(src) {
    const [raw, text = ""] =
      /^ {0,3}\$\$(?!\$)((?:(?!\n[ \t]*\n|\$\$)[\s\S]){1,2000})\$\$[ \t]*(?:\n+|$)/.exec(src) ?? [];
    return raw && text.trim() ? { type: "displayMaths", raw, text: text.trim() } : undefined;
  },
  renderer: ({ text }) => `<pre><code class="language-math">${escapeText(text as string)}</code></pre>\n`,
};

export const maths = [inlineMaths, displayMaths];

const stride = 1_000;

function lastOf(tokens: readonly Token[]): string {
  return (tokens.at(-1) as Tokens.Generic | undefined)?.raw.slice(-1) ?? "";
}

/** Whether the text has a letter, or something that prices and sentences don't have. */
function readsAsTex(text: string): boolean {
  return /[\\^_={}<>+]|^[a-z]$/i.test(text);
}
