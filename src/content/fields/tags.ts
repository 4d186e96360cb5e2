/** Reads the tags of a post, or its categories if it has no tags. */

import type { Preset } from "#core/posts/preset.ts";
import { every, memberText, textOf } from "./fields.ts";
import { plainText } from "./plain-text.ts";

/**
 * The labels under the first key that has some, each once. For Decap's `{label, id}`, `{label, value}` and `{label}`
 * only the label counts, because one id may have two labels.
 */
export function readTags(data: Readonly<Record<string, unknown>>, preset: Preset): string[] {
  for (const { value } of every(data, preset.keys.tags)) {
    const labels = (Array.isArray(value) ? value.slice(0, maxTags) : divide(value, preset.tagSplit)).map(labelOf);
    const tags = distinct(labels.filter((label) => label !== ""));
    if (tags.length > 0) return tags;
  }
  return [];
}

const maxTags = 100;

function divide(value: unknown, split: Preset["tagSplit"]): unknown[] {
  if (typeof value !== "string" || split === "list") return [value];
  return value.split(split === "comma" ? "," : /\s+/).slice(0, maxTags);
}

function labelOf(value: unknown): string {
  return plainText(textOf(value) ?? memberText(value, ["label", "name", "title"]) ?? "");
}

function distinct(labels: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const label of labels) if (!seen.has(label.toLowerCase())) seen.set(label.toLowerCase(), label);
  return [...seen.values()];
}
