/** Finds the language and text direction of a post. */

import type { Post } from "#core/posts/post.ts";

/** The canonical BCP 47 tag, or `null` if the text is not a tag. `pt_BR` counts as `pt-BR`. */
export function languageTag(text: string): string | null {
  const known = tags.get(text);
  if (known !== undefined) return known;
  const tag = canonicalTag(text);
  if (tags.size < maxKnown) tags.set(text, tag);
  return tag;
}

/** Cached: a site has few languages, and this takes a tenth of the time of reading a post. */
const tags = new Map<string, string | null>();
const directions = new Map<string, Post["direction"]>();
const maxKnown = 500;

function canonicalTag(text: string): string | null {
  try {
    return Intl.getCanonicalLocales(text.trim().replaceAll("_", "-"))[0] ?? null;
  } catch {
    return null;
  }
}

/** Determined by the usual script of the language: `az-Arab` is written from right to left, `az` is not. */
export function directionOf(language: string): Post["direction"] {
  const direction = directions.get(language) ?? usualDirection(language);
  if (directions.size < maxKnown) directions.set(language, direction);
  return direction;
}

function usualDirection(language: string): Post["direction"] {
  const script = new Intl.Locale(language).maximize().script ?? "";
  return rightToLeft.has(script) ? "rtl" : "ltr";
}

const rightToLeft = new Set(["Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"]);
