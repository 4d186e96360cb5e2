/** Whether a post is meant to be seen: draft switches, and the days before and after which it isn't. */

import type { Diagnostic } from "#core/diagnostic.ts";
import type { Preset } from "#core/preset.ts";
import type { ReadDate } from "./dates.ts";
import { pick, textOf } from "./fields.ts";
import type { FrontMatter } from "./front-matter.ts";
import { finding } from "./rules.ts";

/** Whoever writes anything but a clear "no" meant to hold the post back. */
export function readDraft(front: FrontMatter, preset: Preset): { isDraft: boolean; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const flag = (keys: readonly string[], cautious: boolean): boolean | undefined => {
    const field = pick(front.data, keys);
    if (!field) return undefined;
    const text = typeof field.value === "boolean" ? String(field.value) : textOf(field.value)?.trim().toLowerCase();
    if (["true", "yes", "on", "1"].includes(text ?? "")) return true;
    if (["false", "no", "off", "0"].includes(text ?? "")) return false;
    const message = `"${field.path.join(".")}" should be true or false; until then the post counts as a draft`;
    diagnostics.push(finding("unclear-draft", front.lineOf(field.path), message));
    return cautious;
  };
  const draft = flag(preset.keys.draft, true) === true;
  return { isDraft: flag(preset.keys.published, false) === false || draft, diagnostics };
}

/** When the post may be seen first, if that isn't its date; and the finding that its time is over. */
export function readTerm(
  front: FrontMatter,
  preset: Preset,
  readDate: ReadDate,
  now: Date,
): { notBefore: Date | null; expiresAt: Date | null; diagnostics: Diagnostic[] } {
  const at = (keys: readonly string[]): { date: Date | null; line: number } => {
    const field = pick(front.data, keys);
    const text = field && textOf(field.value);
    return { date: text === undefined ? null : readDate(text), line: field ? front.lineOf(field.path) : 1 };
  };
  const end = at(preset.keys.expires);
  const over = end.date !== null && end.date.getTime() <= now.getTime();
  const message = "The post has expired and its site shows it no longer; remove the date if that is wrong";
  return {
    notBefore: at(preset.keys.notBefore).date,
    expiresAt: end.date,
    diagnostics: over ? [finding("expired", end.line, message)] : [],
  };
}
