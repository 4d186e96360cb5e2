/** Decides which statuses on the server are our texts. Servers return HTML, each in its own form. */

import type { Listed } from "./api.ts";

/** The statuses that are the parts of a thread, up to the first that is missing. @param url - the post's permalink. */
export function partsAmong(statuses: readonly Listed[], texts: readonly string[], url: string): Listed[] {
  const parts: Listed[] = [];
  for (const text of texts) {
    const parent = parts.at(-1)?.id;
    const match = statuses.find(
      ({ content, in_reply_to_id }) => isSameStatus(content, text, url) && (!parent || in_reply_to_id === parent),
    );
    if (!match) break;
    parts.push(match);
  }
  return parts;
}

/** The same letters and digits in the same order, or the same link, where the text has one. */
export function isSameStatus(html: string, text: string, url: string): boolean {
  if (text.includes(url) && linksOf(html).includes(url)) return true;
  return lettersOf(plain(html)) === lettersOf(text);
}

function linksOf(html: string): string[] {
  return [...html.matchAll(/\bhref="([^"]*)"/g)].map((match) => decoded(match[1] ?? ""));
}

function plain(html: string): string {
  return decoded(html.replace(/<[^>]*>/g, ""));
}

/** A mention is shown without its server. */
function lettersOf(text: string): string {
  return text.replace(/(@[\w.-]+)@[\w.-]+\w/g, "$1").replace(/[^\p{L}\p{N}]/gu, "");
}

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

function decoded(html: string): string {
  return html.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : null;
    if (code === null) return entities[name] ?? whole;
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
