/** Finds the public address of a post: its canonical address, its own permalink, or the preset's pattern. */

import { type Moment, momentIn, momentWritten, type ReadDate } from "#content/fields/dates.ts";
import { every, type Field, memberText, pick, textOf } from "#content/fields/fields.ts";
import type { FileName } from "#content/fields/file-name.ts";
import { languageTag } from "#content/fields/language.ts";
import { readPublishedAt } from "#content/fields/published-at.ts";
import type { FrontMatter } from "#content/front-matter/front-matter.ts";
import type { Diagnostic } from "#core/posts/diagnostic.ts";
import type { Site } from "#core/posts/post.ts";
import type { Preset } from "#core/posts/preset.ts";
import { finding } from "../rules.ts";
import type { PermalinkParts } from "./permalink-tokens.ts";
import { permalinkFrom, permalinkFromField } from "./permalinks.ts";

export interface AddressedPost {
  front: FrontMatter;
  name: FileName;
  title: string;
  /** `null` if unknown; then the address must not need a date. */
  publishedAt: Date | null;
  language: string;
}

/** The address, or what is wrong with the address from the front matter or the pattern. */
export function readAddress(
  { front, name, title, publishedAt, language }: AddressedPost,
  preset: Preset,
  site: Site,
): { url: string } | { problem: Diagnostic } {
  const { canonical, url, path, slug: slugKeys } = preset.keys;
  const slugField = pick(front.data, slugKeys);
  const slug = slugText(slugField);
  const rooted = slug?.startsWith("/") && !preset.permalinkWithSlug ? slugField : undefined;
  const field = every(front.data, [...canonical, ...url, ...path]).find(({ value }) => value !== false) ?? rooted;
  const own = slug?.replace(/^\.?\/+|\/+$/g, "") || undefined;
  const pattern =
    (own && preset.permalinkWithSlug) ||
    (!name.date && !name.folderDate && preset.permalinkUndated) ||
    preset.permalink;
  const parts: PermalinkParts = {
    preset,
    moment: publishedAt && momentOf({ front, name, publishedAt }, preset, site),
    name,
    slug: own,
    title,
    lang: language,
    categories: categoriesOf(front, name, preset),
    data: front.data,
  };
  const found = field
    ? permalinkFromField(field, parts, site.url)
    : permalinkFrom(pattern, parts, site.url, languageFolder(name, preset, site));
  if (found) return { url: found };
  const line = field ? front.lineOf(field.path) : slugField ? front.lineOf(slugField.path) : 1;
  const message = field
    ? `"${field.path.join(".")}" must be a URL (https://…) or a path on the site (/blog/…/)`
    : `The pattern "${pattern}" gives no address for this post; add "permalink:" to the front matter`;
  return { problem: finding("bad-permalink", line, message) };
}

/** The values of the pattern's date tokens. */
function momentOf(
  { front, name, publishedAt }: Pick<AddressedPost, "front" | "name"> & { publishedAt: Date },
  preset: Preset,
  site: Site,
): Moment {
  const unix = Math.floor(publishedAt.getTime() / 1000);
  const written = {
    published: undefined,
    written: textOf(pick(front.data, preset.keys.date)?.value),
    filename: name.date ?? name.folderDate,
  }[preset.permalinkDate];
  return (written && momentWritten(written, unix)) || momentIn(publishedAt, site.timezone);
}

/** The folder of a translation, such as `/fr`, unless it is in the site's language. */
function languageFolder({ language }: FileName, { languageInName }: Preset, site: Site): string {
  const tag = language?.toLowerCase();
  const isOwn =
    tag === undefined || [site.language, site.language.split("-")[0]].some((own) => own?.toLowerCase() === tag);
  return languageInName && !isOwn ? `/${tag}` : "";
}

function slugText(field: Field | undefined): string | undefined {
  return field && textOf(field.value)?.trim();
}

/** A string is split like a string of tags; a list is not changed. Jekyll also uses the folders above `_posts`. */
function categoriesOf({ data }: FrontMatter, { dir }: FileName, { tagSplit }: Preset): string[] {
  const [above, ...rest] = dir.split(/(?:^|\/)_posts(?:\/|$)/);
  const folders = rest.length > 0 ? (above ?? "").split("/") : [];
  const value = pick(data, ["categories", "category"])?.value;
  const list = Array.isArray(value)
    ? value.flat()
    : tagSplit === "space" && !pick(data, ["category"])
      ? (textOf(value)?.split(/\s+/) ?? [])
      : [value];
  const named = list
    .slice(0, 20)
    .flatMap((each) => textOf(each)?.trim() || memberText(each, ["label", "name", "title"]) || []);
  return [...folders, ...named].filter((each) => each !== "");
}

/** The address of a post from its front matter only, for links to it. A title in the body is then not known. */
export function addressFrom(
  front: FrontMatter,
  name: FileName,
  { preset, site, readDate }: { preset: Preset; site: Site; readDate: ReadDate },
): string | null {
  const title = textOf(pick(front.data, preset.keys.title)?.value) ?? name.slug;
  const { publishedAt } = readPublishedAt(front, name, preset, readDate);
  const tag =
    languageTag(textOf(pick(front.data, preset.keys.language)?.value) ?? "") ?? name.language ?? site.language;
  const address = readAddress({ front, name, title, publishedAt, language: tag }, preset, site);
  return "url" in address ? address.url : null;
}
