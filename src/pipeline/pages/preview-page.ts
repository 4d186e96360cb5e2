/** The preview page of an email: light and dark, wide and narrow, and the fidelity report. */

import { escapeHtml } from "#core/posts/html.ts";
import type { Change, ClientNote, Fidelity } from "#core/renditions/fidelity.ts";
import { framedPage, frames, scheme, section, withStyle } from "./framed-page.ts";

export interface PreviewPage {
  title: string;
  subject: string;
  preheader: string;
  html: string;
  text: string;
  fidelity: Fidelity;
}

/** One HTML file without external resources. The frames run no scripts, even if the email contains some. */
export function previewPage(page: PreviewPage): string {
  const { title, subject, preheader, fidelity } = page;
  const rows = variants.map(({ name, note, of }) => section(name, note, frames(name, of(page))));
  const body = `<header>
<h1>${escapeHtml(subject)}</h1>
<p>${escapeHtml(preheader)}</p>
<p>${kilobytes(fidelity.htmlBytes)} KB of HTML (Gmail cuts off at 102), ${kilobytes(fidelity.pictureBytes)} KB of pictures.</p>
</header>
<section><h2>Differences from the web page</h2>${changesTable(fidelity.changes)}</section>
<section><h2>Features that some email clients don’t support</h2>${clientsTable(fidelity.clients)}</section>
${rows.join("\n")}`;
  return framedPage(`Preview: ${title}`, body);
}

interface Variant {
  name: string;
  note: string;
  of(page: PreviewPage): string;
}

const variants: readonly Variant[] = [
  { name: "Light", note: "What most readers see.", of: ({ html }) => scheme(html, "light") },
  {
    name: "Dark",
    note: "Apple Mail, Outlook on a phone or a Mac, Samsung.",
    of: ({ html }) => scheme(html, "dark"),
  },
  {
    name: "Forced dark",
    note: "An approximation of clients that darken a light email, such as Gmail on a phone.",
    of: ({ html }) =>
      withStyle(
        scheme(html, "light"),
        "html{filter:invert(1) hue-rotate(180deg);background:#fff}img{filter:invert(1) hue-rotate(180deg)}",
      ),
  },
  {
    name: "Styles stripped",
    note: "Gmail with an account of another provider, and forwarded emails: only inline styles remain.",
    of: ({ html }) => withoutStyles(html),
  },
  {
    name: "Images off",
    note: "Outlook and company gateways, until the reader allows images.",
    of: ({ html }) => withoutImages(scheme(html, "light")),
  },
  { name: "Text", note: "Email clients that show plain text only, and watches.", of: ({ text }) => plain(text) },
];

function plain(text: string): string {
  return `<!doctype html><title>Text</title><pre style="margin:16px;font-size:14px;line-height:1.5;white-space:pre-wrap;overflow-wrap:break-word;">${escapeHtml(text)}</pre>`;
}

function withoutStyles(html: string): string {
  return html
    .replace(/<style[^>]*>[\s\S]*?<\/style>/g, "")
    .replace(/<meta name="(?:supported-)?color-schemes?"[^>]*>/g, "");
}

function withoutImages(html: string): string {
  return html.replace(/(<img\b[^>]*?)\ssrc="[^"]*"/g, '$1 src="data:,"');
}

function changesTable(changes: readonly Change[]): string {
  if (changes.length === 0) return "<p>Only the appearance.</p>";
  const rows = changes.map(
    ({ line, kind, message }) => `<tr><td>${line}</td><td>${kind}</td><td>${escapeHtml(message)}</td></tr>`,
  );
  return table(["Line", "What", "Why"], rows);
}

function clientsTable(notes: readonly ClientNote[]): string {
  const rows = notes.map(({ feature, instead, none, partial, elements }) => {
    const uses = elements.map(({ element, lines }) => `${element} (${linesSaid(lines)})`).join(", ");
    const cells = [feature, uses || "every mail", none.join(", "), partial.join(", "), instead ?? "not assessed yet"];
    return `<tr${instead ? "" : ' class="open"'}>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`;
  });
  const open = notes.filter(({ instead }) => !instead).length;
  const heads = ["Feature", "Used by, on lines", "Not in", "In part in", "What is used there instead"];
  return `<details${open > 0 ? " open" : ""}><summary>${notes.length} features, ${open} of them not assessed yet</summary>${table(heads, rows)}</details>`;
}

const mostLines = 6;

function linesSaid(lines: readonly number[]): string {
  const more = lines.length - mostLines;
  return `${lines.slice(0, mostLines).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function table(heads: readonly string[], rows: readonly string[]): string {
  const head = heads.map((each) => `<th scope="col">${each}</th>`).join("");
  return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function kilobytes(bytes: number): number {
  return Math.round(bytes / 1024);
}
