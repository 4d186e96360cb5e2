/** A preview page of social posts as their networks show them: text, length, link card. */

import { escapeHtml } from "#core/posts/html.ts";
import type { NoteRendition } from "#core/renditions/rendition.ts";
import { leftOutLines } from "#pipeline/publishing/left-out.ts";
import { htmlPage } from "./html-page.ts";
import { notesStyle } from "./notes-style.ts";

/** A note on one channel. */
export interface ShownNote {
  channel: string;
  adapter: string;
  note: NoteRendition;
  /** The length of each part, by the network's own rule. */
  counts: readonly number[];
  limit: number | null;
  /** Who creates the link card. */
  card: "client" | "crawl" | "none";
  /** The card's picture as a `data:` address, if we have it, because it may not be online yet. */
  picture?: string | undefined;
}

/** The notes of one post under its title. */
export interface NotesOfPost {
  title: string;
  author: string;
  notes: readonly ShownNote[];
  /** Channel -> why the post is not sent there. */
  leftOut?: Readonly<Record<string, string>>;
}

/** One HTML file without external resources, if the pictures are part of it. */
export function notesPage(title: string, posts: readonly NotesOfPost[]): string {
  const headed = posts.length > 1;
  const sections = posts.map((post) => section(post, headed)).join("\n");
  return htmlPage(title, notesStyle, `<h1>${escapeHtml(title)}</h1>\n${sections}`);
}

function section({ title, author, notes, leftOut = {} }: NotesOfPost, headed: boolean): string {
  const heading = headed ? `<h2>${escapeHtml(title)}</h2>` : "";
  const cards = notes.map((shown) => card(shown, author)).join("\n");
  const left = leftOutLines(leftOut).map((line) => `<p class="left">${escapeHtml(sentence(line))}</p>`);
  return `<section>${heading}<div class="notes">${cards}</div>${left.join("")}</section>`;
}

function sentence(line: string): string {
  return `${line.charAt(0).toUpperCase()}${line.slice(1)}.`;
}

function card(shown: ShownNote, author: string): string {
  const { channel, adapter, note, counts, limit } = shown;
  const name = channel === adapter ? channel : `${channel} (${adapter})`;
  const parts = [note.text, ...note.thread].map((text, index) => part(text, counts[index] ?? 0, limit)).join("");
  const hidden = note.contentWarning
    ? `<details open><summary dir="auto">${escapeHtml(note.contentWarning)}</summary>${parts}</details>`
    : parts;
  return `<article lang="${escapeHtml(note.language)}" class="${escapeHtml(adapter)}">
<header><i aria-hidden="true">${escapeHtml(initial(author))}</i><b dir="auto">${escapeHtml(author)}</b><span>${escapeHtml(name)}</span></header>
${hidden}${linkCard(shown)}
</article>`;
}

function initial(name: string): string {
  return (/[\p{L}\p{N}]/u.exec(name)?.[0] ?? "·").toUpperCase();
}

function part(text: string, count: number, limit: number | null): string {
  const full = limit === null ? `${count}` : `${count} of ${limit}`;
  const over = limit !== null && count > limit;
  const meter = limit === null ? "" : `<i style="width:${Math.min(100, Math.round((count / limit) * 100))}%"></i>`;
  const [, lead = text, rest = ""] = /^(.*?)(\n\n.*)$/s.exec(text) ?? [];
  const words = `<span class="lead">${withLinks(lead)}</span><span class="rest">${withLinks(rest)}</span>`;
  return `<div class="part"><p dir="auto">${words}</p><footer class="${over ? "over" : ""}"><span class="meter">${meter}</span>${full}</footer></div>`;
}

/** Shows links and hashtags in another colour. Some networks show only the beginning of an address. */
function withLinks(text: string): string {
  return text
    .split(/(https?:\/\/\S+|#[\p{L}\p{N}_]+)/u)
    .map((piece, index) => {
      const [, scheme, address] = /^(https?:\/\/)(.*)$/s.exec(piece) ?? [];
      if (index % 2 === 0) return escapeHtml(piece);
      if (scheme === undefined || address === undefined) return `<em>${escapeHtml(piece)}</em>`;
      return `<em class="address"><span class="scheme">${scheme}</span>${escapeHtml(address)}</em>`;
    })
    .join("");
}

function linkCard({ note, card: who, picture }: ShownNote): string {
  if (who === "none") return "";
  const { title, description, image } = note.card;
  const shown = image
    ? `<img src="${escapeHtml(picture ?? image.url)}" alt="${escapeHtml(image.alt)}" loading="lazy">`
    : "";
  const alt = image?.alt
    ? `<span dir="auto"><b>ALT</b>${escapeHtml(image.alt)}</span>`
    : `<span class="bad">The picture has no description.</span>`;
  const about = [
    ...(image ? [alt] : []),
    ...(who === "client" ? [] : ["<span>The network creates this card from the page.</span>"]),
  ];
  const host = new URL(note.url).host;
  return `<div class="card" dir="auto">${shown}<div><small>${escapeHtml(host)}</small><b>${escapeHtml(title)}</b><p>${escapeHtml(description)}</p></div></div>${about.length > 0 ? `<div class="about">${about.join("")}</div>` : ""}`;
}
