/** Checks a generated text against the rules for social posts. */

/** In characters. More than the longest note: such an answer is not what was asked for. */
const mostCharacters = 3_000;

/**
 * The text, cleaned up; or why it can't be used. It is cut to length later, like every text.
 * @param known - everything that the post says: a name with a dot in it, such as Node.js, is then not a link.
 */
export function checkedWords(answer: string, url: string, known: string): { words: string } | { problem: string } {
  const words = withoutQuotes(answer.replace(/\r\n?/g, "\n").trim())
    .replace(/[ \t]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n");
  const text = words.endsWith(url) ? words.slice(0, -url.length).trimEnd() : words;
  if (text === "") return { problem: "the text is empty" };
  if (text.length > mostCharacters) return { problem: `the text is ${text.length} characters long` };
  if (!/\p{L}{2}/u.test(text)) return { problem: "the text has no words" };
  const [, problem] = forbidden.find(([pattern]) => pattern.test(text)) ?? [];
  if (problem) return { problem };
  const strange = (text.match(/[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/gu) ?? []).find(
    (name) => !known.includes(name),
  );
  if (strange) return { problem: `the text mentions "${strange.slice(0, 60)}", which the post does not` };
  return { words: text };
}

const forbidden: readonly (readonly [RegExp, string])[] = [
  [
    /\p{Cc}(?<!\n)|[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\p{Co}|\p{Cs}/u,
    "the text has invisible characters",
  ],
  [/\b[a-z][a-z+.-]*:\/\/|\bwww\.|\bmailto:/i, "the text has a link"],
  [/(?<![\p{L}\p{N}])@[\p{L}\p{N}_]|[\p{L}\p{N}]@[\p{L}\p{N}]/u, "the text has an @name or an email address"],
  [/(?<![\p{L}\p{N}&])#[\p{L}\p{N}_]/u, "the text has a hashtag"],
  [/<[a-z/!?]|&(?:#\d+|#x[\da-f]+|[a-z]+);/i, "the text has HTML"],
  [/\]\(|\*\*|__|~~|`|^#{1,6}[ \t]|^[ \t]*(?:[-*+]|\d+[.)])[ \t]|^>|\|[ \t]*-{3}|\$\{|\{\{/m, "the text has markup"],
];

/** Models often put the text into quotation marks. */
function withoutQuotes(text: string): string {
  const inner = /^["“„«]([^"“”„«»]*)["”“»]$/su.exec(text)?.[1];
  return inner === undefined ? text : inner.trim();
}
