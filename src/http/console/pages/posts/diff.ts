/** Two versions of a text, line by line. */

import { html, type Markup } from "#core/posts/markup.ts";

/** @param lines - each begins with ` `, `-` or `+` */
export function diffText(lines: readonly string[]): Markup {
  return html`<pre class="diff">${lines.map((line) => {
    const words = line.slice(1) || " ";
    if (line.startsWith("-")) return html`<del>${words}</del>`;
    return line.startsWith("+") ? html`<ins>${words}</ins>` : html`<span>${words}</span>`;
  })}</pre>`;
}
