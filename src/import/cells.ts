/** Reads the cells of a row: texts, tags, and attributes as JSON. */

import { type AttributeValue, attributesProblem } from "#core/readers/attributes.ts";
import { unguarded } from "./csv.ts";

/** A cell may contain a JSON object of attributes. */
const longestText = 64 * 1024;

/** PostgreSQL can't store NUL in text, or half of a surrogate pair in JSON, which is left when a text is cut. */
export function textIn(cell: string): string {
  if (cell === "") return "";
  return unguarded(cell).replaceAll("\0", "").slice(0, longestText).toWellFormed();
}

/** Adds the attributes of a JSON object. Returns what is wrong with it, or `null`. */
export function addAttributes(attributes: Record<string, AttributeValue>, json: string): string | null {
  if (json === "") return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return "not valid JSON";
  }
  // Some services write an empty list, or nothing, instead of an empty object.
  if (parsed === null || (Array.isArray(parsed) && parsed.length === 0)) return null;
  if (typeof parsed !== "object" || Array.isArray(parsed)) return 'expected a JSON object such as {"city": "Bern"}';
  for (const [name, entry] of Object.entries(parsed))
    if (attributesProblem({ [name]: entry }) === null) attributes[name] = entry as AttributeValue;
  return null;
}

/** `press, friends`, `"press","friends"`, or a JSON array. */
export function tagsIn(text: string): string[] {
  if (text === "") return [];
  const bare = text.replace(/^\[|\]$/g, "");
  return [
    ...new Set(
      bare.split(",").map((tag) =>
        tag
          .trim()
          .replace(/^["']|["']$/g, "")
          .trim(),
      ),
    ),
  ].filter(Boolean);
}
