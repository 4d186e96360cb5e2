/** The public address of a post: its canonical one, then its own, then what the preset's pattern gives. */

import type { Diagnostic } from "#core/diagnostic.ts";
import type { Site } from "#core/post.ts";
import type { Preset } from "#core/preset.ts";
import { calendarDay, type ReadDate } from "./dates.ts";
import { type Field, pick, textOf } from "./fields.ts";
import type { FileName } from "./file-name.ts";
import type { FrontMatter } from "./front-matter.ts";
import { languageTag } from "./language.ts";
import { permalinkFrom, permalinkFromField } from "./permalinks.ts";
import { readPublishedAt } from "./published-at.ts";
import { finding } from "./rules.ts";

export interface AddressedPost {
  front: FrontMatter;
  name: FileName;
  title: string;
  publishedAt: Date;
  language: string;
}

/** The address, or what is wrong with the one that the front matter or the pattern gives. */
export function readAddress(
  { front, name, title, publishedAt, language }: AddressedPost,
  preset: Preset,
  site: Site,
): { url: string } | { problem: Diagnostic } {
  const { canonical, url, path, slug: slugKeys } = preset.keys;
  const slugField = pick(front.data, slugKeys);
  const slug = slugText(slugField);
  const rooted = slug?.startsWith("/") && !preset.permalinkWithSlug ? slugField : undefined;
  const field = pick(front.data, [...canonical, ...url, ...path]) ?? rooted;
  const own = slug?.replace(/^\.?\/+|\/+$/g, "");
  const pattern =
    (own && preset.permalinkWithSlug) ||
    (!name.date && !name.folderDate && preset.permalinkUndated) ||
    preset.permalink;
  const found = field
    ? permalinkFromField(field, site.url)
    : permalinkFrom(
        pattern,
        {
          ...((preset.permalinkDate === "filename" && dayOf(name)) || calendarDay(publishedAt, site.timezone)),
          slug: own || (preset.slugFrom === "title" ? title : name.slug),
          file: own || name.file,
          dir: name.dir,
          section: name.section,
          title,
          lang: language,
          categories: categoriesOf(front),
        },
        site.url,
      );
  if (found) return { url: found };
  const line = field ? front.lineOf(field.path) : slugField ? front.lineOf(slugField.path) : 1;
  const message = field
    ? `"${field.path.join(".")}" must be an address (https://…) or a path of the site (/blog/…/)`
    : `The pattern "${pattern}" gives no address for this post; add "permalink:" to the front matter`;
  return { problem: finding("bad-permalink", line, message) };
}

function dayOf({ date, folderDate }: FileName): { year: number; month: number; day: number } | null {
  const [year, month, day] = (date ?? folderDate)?.split("-").map(Number) ?? [];
  return year && month && day ? { year, month, day } : null;
}

function slugText(field: Field | undefined): string | undefined {
  return field && textOf(field.value)?.trim();
}

/** Jekyll's rule: a string falls apart at blanks, a list is taken as it is. */
function categoriesOf({ data }: FrontMatter): string[] {
  const value = pick(data, ["categories", "category"])?.value;
  const list = Array.isArray(value) ? value : (textOf(value)?.split(/\s+/) ?? []);
  return list.slice(0, 20).flatMap((each) => textOf(each)?.trim() || []);
}

/** The address of a post of which only the front matter is known, for links to it. A title in the body is unknown then. */
export function addressFrom(
  front: FrontMatter,
  name: FileName,
  { preset, site, readDate }: { preset: Preset; site: Site; readDate: ReadDate },
): string | null {
  const title = textOf(pick(front.data, preset.keys.title)?.value) ?? name.slug;
  const { publishedAt } = readPublishedAt(front, name, preset, readDate);
  if (!publishedAt) return null;
  const tag =
    languageTag(textOf(pick(front.data, preset.keys.language)?.value) ?? "") ?? name.language ?? site.language;
  const address = readAddress({ front, name, title, publishedAt, language: tag }, preset, site);
  return "url" in address ? address.url : null;
}
