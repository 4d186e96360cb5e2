/** The language of a post and the direction in which it is read. */

import type { Post } from "#core/post.ts";

/** The canonical BCP 47 tag, or `null` for what is none. `pt_BR` counts as `pt-BR`. */
export function languageTag(text: string): string | null {
  try {
    return Intl.getCanonicalLocales(text.trim().replaceAll("_", "-"))[0] ?? null;
  } catch {
    return null;
  }
}

/** By the script that the language is usually written in: `az-Arab` is read from the right, `az` is not. */
export function directionOf(language: string): Post["direction"] {
  const script = new Intl.Locale(language).maximize().script ?? "";
  return rightToLeft.has(script) ? "rtl" : "ltr";
}

const rightToLeft = new Set(["Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"]);
