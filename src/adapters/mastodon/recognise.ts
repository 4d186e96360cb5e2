/** Decides whether a status on the server is one of our texts. Servers return HTML, each in its own form. */

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
