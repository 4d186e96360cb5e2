/** Holds words that nobody vouches for against what a note may be. */

/** Longer than the longest note: somebody lost the thread. Characters. */
const mostCharacters = 3_000;

/**
 * The words, tidied; or why they can't be used. They are cut to length like anybody's.
 * @param known - everything that the post says: a name with a dot in it (Node.js) that comes up there is no link.
 */
export function checkedWords(answer: string, url: string, known: string): { words: string } | { problem: string } {
  const words = withoutQuotes(answer.replace(/\r\n?/g, "\n").trim())
    .replace(/[ \t]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n");
  const text = words.endsWith(url) ? words.slice(0, -url.length).trimEnd() : words;
  if (text === "") return { problem: "they are empty" };
  if (text.length > mostCharacters) return { problem: `they are ${text.length} characters long` };
  if (!/\p{L}{2}/u.test(text)) return { problem: "they have no words in them" };
  const [, problem] = forbidden.find(([pattern]) => pattern.test(text)) ?? [];
  if (problem) return { problem };
  const strange = (text.match(/[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/gu) ?? []).find(
    (name) => !known.includes(name),
  );
  if (strange) return { problem: `they name "${strange.slice(0, 60)}", which the post does not` };
  return { words: text };
}

const forbidden: readonly (readonly [RegExp, string])[] = [
  [
    /\p{Cc}(?<!\n)|[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\p{Co}|\p{Cs}/u,
    "they have invisible characters in them",
  ],
  [/\b[a-z][a-z+.-]*:\/\/|\bwww\.|\bmailto:/i, "they have a link in them"],
  [/(?<![\p{L}\p{N}])@[\p{L}\p{N}_]|[\p{L}\p{N}]@[\p{L}\p{N}]/u, "they address somebody"],
  [/(?<![\p{L}\p{N}&])#[\p{L}\p{N}_]/u, "they have a hashtag in them"],
  [/<[a-z/!?]|&(?:#\d+|#x[\da-f]+|[a-z]+);/i, "they have HTML in them"],
  [
    /\]\(|\*\*|__|~~|`|^#{1,6}[ \t]|^[ \t]*(?:[-*+]|\d+[.)])[ \t]|^>|\|[ \t]*-{3}|\$\{|\{\{/m,
    "they have markup in them",
  ],
];

/** Models like to quote what they were asked for. */
function withoutQuotes(text: string): string {
  const inner = /^["“„«]([^"“”„«»]*)["”“»]$/su.exec(text)?.[1];
  return inner === undefined ? text : inner.trim();
}
