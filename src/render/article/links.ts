/**
 * Makes addresses in a post absolute and safe: an email has no base address, and feed readers disagree about theirs.
 */

const schemes = new Set(["http:", "https:", "mailto:", "tel:"]);

/**
 * The absolute form of a link in a post; `null` if the link can't work: an unknown scheme, an address on the author's
 * own machine (a tutorial's `http://localhost:3000`), or nonsense. `#part` becomes a part of the permalink.
 */
export function absoluteLink(href: string, permalink: string): string | null {
  const url = parse(href, permalink);
  if (!url || !schemes.has(url.protocol)) return null;
  const web = url.protocol === "http:" || url.protocol === "https:";
  if (web && (url.hostname === "" || isLocal(url.hostname))) return null;
  if (!web && url.pathname === "") return null;
  return escapeRest(url.href);
}

/** The absolute address of an image or other file, or `null`: `http` and `https` only. */
export function absoluteSource(src: string, permalink: string): string | null {
  const link = src.trim() === "" ? null : absoluteLink(src, permalink);
  return link?.startsWith("http") ? link : null;
}

/** The web page of an embedded video, instead of its player. */
export function watchPage(player: string): string {
  const url = new URL(player);
  const id = url.pathname.split("/").filter(Boolean).at(-1) ?? "";
  if (/(^|\.)youtube(-nocookie)?\.com$/.test(url.hostname) && url.pathname.startsWith("/embed/"))
    return `https://www.youtube.com/watch?v=${id}`;
  if (url.hostname === "player.vimeo.com") return `https://vimeo.com/${id}`;
  return player;
}

/** Whether email clients show such an image: Gmail shows no SVG, and Word no WebP. Unknown extensions are allowed. */
export function mailShows(src: string): boolean {
  return !/\.(svgz?|webp|avif|heic|tiff?|bmp)$/i.test(new URL(src).pathname);
}

export function fileName(url: string): string {
  return new URL(url).pathname.split("/").at(-1) ?? "";
}

function parse(href: string, permalink: string): URL | null {
  const trimmed = href.trim();
  if (trimmed === "") return null;
  return URL.parse(/^www\./i.test(trimmed) ? `https://${trimmed}` : trimmed, permalink);
}

function isLocal(hostname: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])$/i.test(hostname);
}

/** Escapes characters that RFC 3986 forbids and the WHATWG serialiser does not escape. */
function escapeRest(url: string): string {
  return url.replace(
    /[\s<>"'{}|\\^`]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}
