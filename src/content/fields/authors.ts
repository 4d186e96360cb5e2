/** Reads the authors of a post in all forms that blogs use. */

import type { Author } from "#core/posts/post.ts";
import type { Preset } from "#core/posts/preset.ts";
import { every, memberText, textOf } from "./fields.ts";
import { plainText } from "./plain-text.ts";

/** The record of an id in the site's authors file: a mapping with a name, or nothing. */
export type ReadRecord = (id: string) => unknown;

/** The authors under the first key that has some; empty if there are none. */
export function readAuthors(data: Readonly<Record<string, unknown>>, preset: Preset, readRecord: ReadRecord): Author[] {
  for (const { value } of every(data, preset.keys.authors)) {
    const authors = (Array.isArray(value) ? value.slice(0, maxAuthors) : [value]).flatMap((each) =>
      authorsFrom(typeof each === "string" ? (readRecord(each.trim()) ?? each) : each, preset.authorSeparators),
    );
    if (authors.length > 0) return authors;
  }
  return [];
}

const maxAuthors = 50;

/** Of one value, in characters. */
const maxLength = 1_000;

function authorsFrom(value: unknown, separators: readonly string[]): Author[] {
  const text = textOf(value);
  if (text !== undefined) return divide(text.slice(0, maxLength), separators).flatMap(authorsFromText);
  const name = memberText(value, ["name", "title", "label", "displayName", "display_name", "full_name"]);
  const plain = name && plainText(name);
  if (!plain) return [];
  return [author(plain, memberText(value, ["url", "link", "website", "homepage"]), memberText(value, ["email"]))];
}

function divide(text: string, separators: readonly string[]): string[] {
  return separators.reduce<string[]>((parts, separator) => parts.flatMap((part) => part.split(separator)), [text]);
}

/** `Name`, `Name <mail>`, `[Name](url)`, `Name ([@handle](url)), role`, `Name, Name and [Name](url), role`. */
function authorsFromText(text: string): Author[] {
  const link = /\[([^[\]]{1,200})\]\((https?:\/\/[^\s()]{1,500})\)/.exec(text);
  const before = link ? text.slice(0, link.index) : "";
  if (link?.[1] && /(?:,|&|\band)\s*$/.test(before))
    return [...before.split(/,|&|\band\b/).flatMap(authorsFromText), author(plainText(link[1]), link[2], undefined)];
  const mail = /^([^<>]{1,200})<([^<>\s@]{1,64}@[^<>\s@]{1,190})>\s*$/.exec(text);
  const name = plainText(mail?.[1] ?? (before.replace(/[\s(]+$/, "") || (link?.[1] ?? text)));
  return name === "" ? [] : [author(name, link?.[2], mail?.[2])];
}

function author(name: string, url: string | undefined, email: string | undefined): Author {
  const web = url !== undefined && URL.canParse(url) && /^https?:/i.test(url);
  const address = email !== undefined && /^[^\s@<>]+@[^\s@<>]+$/.test(email);
  return { name, ...(web && { url: new URL(url).href }), ...(address && { email }) };
}
