/** Tables and other ways to show rows. */

import { html, type Markup, type Value } from "#core/posts/markup.ts";

/** @param titles - a title that begins with `#` is above numbers. @param empty - the sentence for no rows */
export function table(
  caption: string,
  titles: readonly string[],
  rows: readonly (readonly Value[])[],
  empty: Value = "Nothing yet.",
): Markup {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`;
  const isNumber = titles.map((title) => title.startsWith("#"));
  const names = titles.map((title) => title.replace(/^#/, ""));
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table>
<caption class="hidden">${caption}</caption>
<thead><tr>${names.map((name, at) => html`<th scope="col"${isNumber[at] && html` class="number"`}>${name}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) => html`<tr>${row.map((cell, at) => html`<td${isNumber[at] && html` class="number"`}>${cell}</td>`)}</tr>
`,
  )}</tbody></table></div>`;
}

/** Names with their values. */
export function facts(entries: readonly (readonly [string, Value])[]): Markup {
  return html`<dl class="facts">${entries.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** The command that does the same. */
export function asCommand(command: string): Markup {
  return html`<p class="command"><span class="quiet">As a command:</span> <code>${command}</code> <button type="button" class="copy" data-copy="${command}" hidden>Copy</button></p>`;
}

/** The link to the next page of a list. */
export function nextPage(url: URL, next: string | null): Markup | null {
  if (next === null) return null;
  const query = new URLSearchParams(url.search);
  query.set("cursor", next);
  return html`<p class="pager"><a href="?${query.toString()}" rel="next">Older entries</a></p>`;
}

/** How many of all are in each state, as one bar that adds up. Its table stands beside it. */
export function bar(label: string, parts: readonly { name: string; number: number }[]): Markup {
  const all = parts.reduce((sum, { number }) => sum + number, 0);
  let from = 0;
  const shown = all === 0 ? [] : parts.filter(({ number }) => number > 0);
  const blocks = shown.map(({ name, number }) => {
    const width = (number / all) * 100;
    const block = html`<rect class="of-${name}" x="${from.toFixed(3)}" width="${width.toFixed(3)}" height="8"/>`;
    from += width;
    return block;
  });
  const words = shown.map(({ name, number }) => `${number.toLocaleString("en")} ${name}`).join(", ");
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="${label}: ${words || "none"}"><rect class="ground" width="100" height="8"/>${blocks}</svg>`;
}
