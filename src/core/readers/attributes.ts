/** Attributes of a reader besides address and name: small, flat JSON. */

export type AttributeValue = string | number | boolean | readonly string[];
export type Attributes = Readonly<Record<string, AttributeValue>>;

const mostNames = 50;
const longestText = 1_000;
const attributeName = /^[\p{L}_][\p{L}\p{N}_-]{0,59}$/u;

/** Why a value can't be a reader's attributes; `null` if it can. */
export function attributesProblem(value: unknown): string | null {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return 'expected an object such as {"city": "Bern", "tags": ["press"]}';
  const entries = Object.entries(value);
  if (entries.length > mostNames) return `more than ${mostNames} attributes`;
  for (const [name, entry] of entries) {
    if (!attributeName.test(name))
      return `"${name.slice(0, 60)}" is not a valid attribute name. Use letters, digits, _ and -`;
    const problem = valueProblem(entry);
    if (problem) return `${name}: ${problem}`;
  }
  return null;
}

function valueProblem(value: unknown): string | null {
  if (Array.isArray(value))
    return value.length <= mostNames && value.every((entry) => typeof entry === "string" && textFits(entry))
      ? null
      : `a list may contain only texts, at most ${mostNames} of them`;
  if (typeof value === "string")
    return textFits(value)
      ? null
      : `the text has more than ${longestText} characters, or characters that can't be stored`;
  if (typeof value === "boolean" || Number.isFinite(value)) return null;
  return "expected a text, a number, true, false or a list of texts";
}

/** PostgreSQL's jsonb can't store NUL, or half of a surrogate pair. */
function textFits(text: string): boolean {
  return text.length <= longestText && !text.includes("\0") && text.isWellFormed();
}
