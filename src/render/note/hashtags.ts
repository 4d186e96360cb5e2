/** Turns tags into hashtags that screen readers can read aloud: `open source` becomes #OpenSource. */

/**
 * @param names - the site's own spelling by tag, in lower case; an empty one leaves the tag out.
 * @param most - the maximum number of hashtags.
 */
export function hashtagsOf(tags: readonly string[], names: Readonly<Record<string, string>>, most: number): string[] {
  // A map and not an object, because a tag may be "constructor".
  const spelt = new Map(Object.entries(names));
  const made = tags.map((tag) => hashtagOf(spelt.get(tag.trim().toLowerCase()) ?? tag)).filter((tag) => tag !== "");
  const unique = new Map(made.map((tag) => [tag.toLowerCase(), tag]));
  return [...unique.values()].slice(0, most);
}

/** Characters that change the meaning of a tag, as words: `c++` is not C. Characters that only join letters are removed. */
const spoken: readonly (readonly [RegExp, string])[] = [
  [/(?<=[\p{L}\p{N}])\+\+/gu, "pp"],
  [/(?<=\p{L})#/gu, " sharp"],
  [/(?<!\S)\.(?=\p{L})/gu, "dot "],
  [/&/g, " and "],
  [/(?<=\p{L})['’](?=\p{L})/gu, ""],
];

/** Empty if the tag has no letter, because networks don't accept a number as a hashtag. */
function hashtagOf(tag: string): string {
  const said = spoken.reduce((text, [sign, word]) => text.replace(sign, word), tag.normalize("NFC"));
  const words = said.match(/[\p{L}\p{M}\p{N}_]+/gu) ?? [];
  const joined = words.length > 1 ? words.map(capital).join("") : (words[0] ?? "");
  return /\p{L}/u.test(joined) ? `#${joined}` : "";
}

function capital(word: string): string {
  const [first = "", ...rest] = word;
  return first.toLocaleUpperCase("en") + rest.join("");
}
