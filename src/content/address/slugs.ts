/** Turns a name into a part of an address as each generator does: some change case and characters, others don't. */

import type { SlugStyle } from "#core/posts/preset.ts";

/** One piece of a path, or several with slashes between them where the generator keeps those. */
export const slugStyles: Readonly<Record<SlugStyle, (text: string) => string>> = {
  written: (text) => text,
  // `Utils.slugify` in its mode "pretty", which keeps the case.
  jekyll: (text) => text.replace(/[^\p{M}\p{L}\p{Nd}._~!$&'()+,;=@/]+/gu, "-").replace(/(?<=^|\/)-|-(?=\/|$)/g, ""),
  // `PathSpec.URLize`: a blank becomes a hyphen, dots stay, and so does a slash ("CI/CD" makes two pieces).
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
  // The crate `slug`. It spells every script in ASCII; here what isn't Latin keeps its letters, as Zola's own setting "safe" does.
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

/** Latin letters without their marks. */
function spelled(text: string): string {
  return text
    .replace(/[ßæœøłđþ]/gi, (letter) => ligatures[letter.toLowerCase()] ?? letter)
    .normalize("NFKD")
    .replace(/(?<=\p{sc=Latin})\p{M}+/gu, "")
    .normalize("NFC");
}

const ligatures: Readonly<Record<string, string>> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", þ: "th" };
