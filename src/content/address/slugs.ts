/** Turns a name into a part of an address by the rule of each generator: some change case and characters, others don't. */

import type { SlugStyle } from "#core/posts/preset.ts";

/** One part of a path, or several with slashes if the generator keeps them. */
export const slugStyles: Readonly<Record<SlugStyle, (text: string) => string>> = {
  written: (text) => text,
  // `Utils.slugify` in its mode "pretty", which keeps the case.
  jekyll: (text) => text.replace(/[^\p{M}\p{L}\p{Nd}._~!$&'()+,;=@/]+/gu, "-").replace(/(?<=^|\/)-|-(?=\/|$)/g, ""),
  // `PathSpec.URLize`: a space becomes a hyphen; dots and slashes stay ("CI/CD" makes two parts).
  hugo: (text) =>
    lower(text)
      .replace(/[^\p{L}\p{M}\p{N}\s./\\_#+~@-]/gu, "")
      .trim()
      .replace(/\s+(?=-)|(?<=-)\s+/g, "")
      .replace(/\s+/g, "-"),
  // github-slugger, which Astro uses for names of entries: removes punctuation and turns every space into a hyphen.
  github: (text) =>
    lower(text)
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\s/-]/gu, "")
      .replace(/\s/g, "-"),
  // The crate `slug`. It writes every script in ASCII. Here, other scripts than Latin keep their letters, like with Zola's setting "safe".
  zola: (text) =>
    text
      .split("/")
      .map((part) => slugify(spelled(part)))
      .join("/"),
};

/** A title as a path segment: lower case, words joined by `-`, letters of any script kept. */
export function slugify(title: string): string {
  const words = lower(title)
    .replace(/['’]/g, "")
    .match(/[\p{L}\p{M}\p{N}]+/gu);
  return (words ?? []).join("-");
}

function lower(text: string): string {
  return text.normalize("NFC").toLowerCase();
}

/** Latin letters without diacritics. */
function spelled(text: string): string {
  return text
    .replace(/[ßæœøłđþ]/gi, (letter) => ligatures[letter.toLowerCase()] ?? letter)
    .normalize("NFKD")
    .replace(/(?<=\p{sc=Latin})\p{M}+/gu, "")
    .normalize("NFC");
}

const ligatures: Readonly<Record<string, string>> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", þ: "th" };
