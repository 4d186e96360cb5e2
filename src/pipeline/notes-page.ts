/** A page that shows notes as their networks would: the text as it will stand, its count, the card of the link. */

import { escapeHtml } from "#core/html.ts";
import type { NoteRendition } from "#core/rendition.ts";
import { leftOutLines } from "./left-out.ts";
import { stillPage } from "./still-page.ts";

/** A note on one channel. */
export interface ShownNote {
  channel: string;
  adapter: string;
  note: NoteRendition;
  /** Of each part, by the network's own rule. */
  counts: readonly number[];
  limit: number | null;
  /** Who makes the card of the link. */
  card: "client" | "crawl" | "none";
}

/** The notes of one post under its title. */
export interface NotesOfPost {
  title: string;
  author: string;
  notes: readonly ShownNote[];
  /** Channel -> why the post keeps from it. */
  leftOut?: Readonly<Record<string, string>>;
}

/** One HTML file that needs nothing else. */
export function notesPage(title: string, posts: readonly NotesOfPost[]): string {
  return stillPage(title, style, `<h1>${escapeHtml(title)}</h1>\n${posts.map(section).join("\n")}`);
}

function section({ title, author, notes, leftOut = {} }: NotesOfPost): string {
  const cards = notes.map((shown) => card(shown, author)).join("\n");
  const left = leftOutLines(leftOut).map((line) => `<p class="left">${escapeHtml(sentence(line))}</p>`);
  return `<section><h2>${escapeHtml(title)}</h2><div class="notes">${cards}</div>${left.join("")}</section>`;
}

function sentence(line: string): string {
  return `${line.charAt(0).toUpperCase()}${line.slice(1)}.`;
}

function card(shown: ShownNote, author: string): string {
  const { channel, adapter, note, counts, limit } = shown;
  const name = channel === adapter ? channel : `${channel} (${adapter})`;
  const warning = note.contentWarning
    ? `<p class="warning">Behind a warning: ${escapeHtml(note.contentWarning)}</p>`
    : "";
  const parts = [note.text, ...note.thread].map((text, index) => part(text, counts[index] ?? 0, limit));
  return `<article lang="${escapeHtml(note.language)}" class="${escapeHtml(adapter)}">
<header><b dir="auto">${escapeHtml(author)}</b><span>${escapeHtml(name)}</span></header>
${warning}${parts.join("")}${linkCard(shown)}
</article>`;
}

function part(text: string, count: number, limit: number | null): string {
  const full = limit === null ? `${count}` : `${count} of ${limit}`;
  const over = limit !== null && count > limit;
  const meter = limit === null ? "" : `<i style="width:${Math.min(100, Math.round((count / limit) * 100))}%"></i>`;
  return `<div class="part"><p dir="auto">${withLinks(text)}</p><footer class="${over ? "over" : ""}"><span class="meter">${meter}</span>${full}</footer></div>`;
}

/** Links and hashtags as readers see them: in another colour. */
function withLinks(text: string): string {
  return text
    .split(/(https?:\/\/\S+|#[\p{L}\p{N}_]+)/u)
    .map((piece, index) => (index % 2 ? `<em>${escapeHtml(piece)}</em>` : escapeHtml(piece)))
    .join("");
}

function linkCard({ note, card: who }: ShownNote): string {
  if (who === "none") return "";
  const { title, description, image } = note.card;
  const picture = image ? `<img src="${escapeHtml(image.url)}" alt="${escapeHtml(image.alt)}" loading="lazy">` : "";
  const alt = image
    ? `<small class="${image.alt ? "" : "bad"}">${image.alt ? `Picture: ${escapeHtml(image.alt)}` : "The picture has no description."}</small>`
    : "";
  const by = who === "client" ? "" : `<small>The network makes this card from the page.</small>`;
  return `<div class="card" dir="auto">${picture}<div><b>${escapeHtml(title)}</b><p>${escapeHtml(description)}</p><small>${escapeHtml(new URL(note.url).host)}</small>${alt}${by}</div></div>`;
}

const style = `
:root { color-scheme: light dark; --ink: #1d2129; --quiet: #5a6270; --line: #d9dce2; --paper: #fff; --ground: #f3f4f6; --link: #1d5fa8; --bad: #a3260f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaee; --quiet: #a3aab6; --line: #3a404b; --paper: #1c2027; --ground: #12151a; --link: #82b7f2; --bad: #ff9c85; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px 16px; max-width: 1180px; font: 16px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
h1 { font-size: 24px; margin: 0 0 24px; } h2 { font-size: 18px; margin: 32px 0 12px; }
.notes { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 330px), 1fr)); gap: 16px; align-items: start; }
article { background: var(--paper); border: 1px solid var(--line); border-radius: 12px; padding: 16px; min-width: 0; }
header { display: flex; justify-content: space-between; gap: 12px; margin-bottom: 8px; } header span { color: var(--quiet); font-size: 14px; }
.part p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; } .part + .part { margin-top: 12px; padding-top: 12px; border-top: 1px solid var(--line); }
.part footer { display: flex; align-items: center; gap: 8px; margin-top: 8px; color: var(--quiet); font-size: 13px; font-variant-numeric: tabular-nums; }
.meter { flex: 0 0 64px; height: 4px; border-radius: 2px; background: var(--line); overflow: hidden; } .meter i { display: block; height: 100%; background: var(--quiet); }
.over { color: var(--bad); font-weight: 600; } .over .meter i { background: var(--bad); }
em { font-style: normal; color: var(--link); } .warning { margin: 0 0 8px; color: var(--quiet); } .left { margin: 12px 0 0; color: var(--quiet); }
.card { margin-top: 12px; border: 1px solid var(--line); border-radius: 10px; overflow: hidden; font-size: 14px; } .card > div { padding: 10px 12px; overflow-wrap: anywhere; }
.card img { display: block; width: 100%; aspect-ratio: 1.91; object-fit: cover; background: var(--ground); }
.card p { margin: 2px 0 4px; color: var(--quiet); display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; } .card small { display: block; color: var(--quiet); } .card small.bad { color: var(--bad); }
`;
