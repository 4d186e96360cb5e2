/** Decides whether a post is public: draft settings, and publication and expiry dates. */

import type { FrontMatter } from "#content/front-matter/front-matter.ts";
import type { Diagnostic } from "#core/posts/diagnostic.ts";
import type { Preset } from "#core/posts/preset.ts";
import { finding } from "../rules.ts";
import type { ReadDate } from "./dates.ts";
import { every, type Field, pick, textOf } from "./fields.ts";
import type { FileName } from "./file-name.ts";

/**
 * Every draft value except a clear "no" means that the post is a draft. Posts in a drafts folder are always drafts,
 * and so are posts without a page (`permalink: false`). A date under `published` is the post's date and not a draft
 * setting.
 */
export function readDraft(
  front: FrontMatter,
  name: FileName,
  preset: Preset,
  readDate: ReadDate,
): { isDraft: boolean; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const flag = ({ value, path }: Field, cautious: boolean): boolean => {
    const text = typeof value === "boolean" ? String(value) : textOf(value)?.trim().toLowerCase();
    if (["true", "yes", "on", "1"].includes(text ?? "")) return true;
    if (["false", "no", "off", "0"].includes(text ?? "")) return false;
    if (!cautious && text !== undefined && readDate(text)) return true;
    const message = `"${path.join(".")}" is neither true nor false, so the post is treated as a draft; correct it`;
    diagnostics.push(finding("unclear-draft", front.lineOf(path), message));
    return cautious;
  };
  const draft = every(front.data, preset.keys.draft).some((field) => flag(field, true));
  const unpublished = every(front.data, preset.keys.published).some((field) => !flag(field, false));
  const status = textOf(pick(front.data, preset.keys.status)?.value)?.trim().toLowerCase();
  const hidden = name.path.split("/").includes("_drafts") || pick(front.data, preset.keys.url)?.value === false;
  return { isDraft: draft || unpublished || hidden || unready.has(status ?? ""), diagnostics };
}

/** The names of unpublished states in CMSs and WordPress exports. */
const unready = new Set(["draft", "private", "pending", "unpublished", "hidden", "wip"]);

/** The setting that makes a post not public or not indexed; `undefined` if it is public. An unclear value counts as not public. */
export function readLimit(front: FrontMatter, preset: Preset): string | undefined {
  for (const { value, path } of every(front.data, preset.keys.limited)) {
    const text = typeof value === "boolean" ? String(value) : (textOf(value)?.trim().toLowerCase() ?? "");
    const isOpen = path.at(-1) === "robots" ? !/\b(noindex|none)\b/.test(text) : forEverybody.has(text);
    if (!isOpen) return `${path.join(".")}: ${text || "…"}`;
  }
  return undefined;
}

const forEverybody = new Set(["false", "no", "off", "0", "public", "everyone", "everybody", "all", "free", "none"]);

/** When the post becomes public, if that isn't its date; and a finding if it has expired. */
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
  const message = "The post has expired, and its site no longer shows it; remove the expiry date if that is wrong";
  return {
    notBefore: at(preset.keys.notBefore).date,
    expiresAt: end.date,
    diagnostics: over ? [finding("expired", end.line, message)] : [],
  };
}
