/** The tokens of permalink patterns of all generators, so that a site's own pattern works unchanged. */

import { createHash } from "node:crypto";
import type { Moment } from "#content/fields/dates.ts";
import { textOf } from "#content/fields/fields.ts";
import type { FileName } from "#content/fields/file-name.ts";
import type { Preset } from "#core/posts/preset.ts";
import { slugify, slugStyles } from "./slugs.ts";

/** The values for a pattern. */
export interface PermalinkParts {
  preset: Preset;
  /** `null` if unknown. Only a pattern without a date works then. */
  moment: Moment | null;
  name: FileName;
  /** The slug in the front matter. */
  slug?: string | undefined;
  title: string;
  /** The post's language, and whether it is part of the address. */
  lang: string;
  categories: readonly string[];
  data: Readonly<Record<string, unknown>>;
}

/** The text for the token; `null` if there is none, and so no address. */
export type Token = (parts: PermalinkParts) => string | null;

/**
 * The meaning of a token for this preset; a slice such as `[1:]` selects sections. `undefined` for an unknown token.
 * Only a complete name can be a front matter key, not the beginning of a name.
 */
export function tokenNamed(name: string, slice: string | undefined, preset: Preset, isWhole = true): Token | undefined {
  const meant = Object.hasOwn(preset.tokens, name) ? (preset.tokens[name] ?? name) : name;
  if (slice !== undefined) return meant === "sections" ? (parts) => cut(sections(parts), slice).join("/") : undefined;
  const known = tokens.get(meant);
  if (known) return known;
  if (!preset.tokensFromKeys || !isWhole) return undefined;
  return ({ data }) => textOf(Object.hasOwn(data, name) ? data[name] : undefined)?.trim() || null;
}

/** Tokens that every preset supports, for messages. */
export const tokenNames = (): string[] => [...tokens.keys()];

const dated =
  (text: (moment: Moment) => string | number): Token =>
  ({ moment }) =>
    moment && String(text(moment));

const two = (number: number): string => String(number).padStart(2, "0");
const months = "January February March April May June July August September October November December".split(" ");
const days = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");

const tokens = new Map<string, Token>([
  ["year", dated(({ year }) => year)],
  ["short_year", dated(({ year }) => two(year % 100))],
  ["month", dated(({ month }) => two(month))],
  ["i_month", dated(({ month }) => month)],
  ["short_month", dated(({ month }) => (months[month - 1] ?? "").slice(0, 3))],
  ["long_month", dated(({ month }) => months[month - 1] ?? "")],
  ["monthname", dated(({ month }) => months[month - 1] ?? "")],
  ["day", dated(({ day }) => two(day))],
  ["i_day", dated(({ day }) => day)],
  ["y_day", dated((moment) => String(dayOfYear(moment)).padStart(3, "0"))],
  ["yearday", dated(dayOfYear)],
  ["weekday", dated(weekday)],
  ["w_day", dated((moment) => weekday(moment) || 7)],
  ["short_day", dated((moment) => (days[weekday(moment)] ?? "").slice(0, 3))],
  ["long_day", dated((moment) => days[weekday(moment)] ?? "")],
  ["weekdayname", dated((moment) => days[weekday(moment)] ?? "")],
  ["week", dated((moment) => two(isoWeek(moment).week))],
  ["w_year", dated((moment) => isoWeek(moment).year)],
  ["hour", dated(({ hour }) => two(hour))],
  ["minute", dated(({ minute }) => two(minute))],
  ["second", dated(({ second }) => two(second))],
  ["timestamp", dated(({ unix }) => unix)],
  [
    "date",
    ({ moment, name }) => writtenDate(name) ?? (moment && `${moment.year}/${two(moment.month)}/${two(moment.day)}`),
  ],
  ["slug", slug],
  ["plain_slug", (parts) => full(slugify(slug(parts) ?? ""))],
  ["file", (parts) => styled(parts.slug ?? parts.name.file, parts)],
  ["filename", (parts) => styled(parts.name.file, parts)],
  ["contentbasename", (parts) => styled(parts.name.file, parts)],
  ["slugorfilename", (parts) => styled(parts.slug ?? parts.name.file, parts)],
  ["slugorcontentbasename", (parts) => styled(parts.slug ?? parts.name.file, parts)],
  ["name", slug],
  ["title", (parts) => full(titleSlug(parts))],
  ["post_title", (parts) => full(slugify(parts.title))],
  ["dir", dir],
  ["path", (parts) => join(dir(parts), styled(parts.slug ?? parts.name.file, parts))],
  ["slug_path", (parts) => join(undated(dir(parts)), slug(parts))],
  ["lang", ({ lang }) => lang],
  ["section", (parts) => sections(parts)[0] ?? ""],
  ["sections", (parts) => sections(parts).join("/")],
  ["categories", ({ categories }) => distinct(categories.map((each) => each.toLowerCase()))],
  ["slugified_categories", ({ categories }) => distinct(categories.map(slugify))],
  [
    "category",
    ({ categories }) => categories.map((each) => each.trim().replace(/\s+/g, "-")).join("/") || "uncategorized",
  ],
  ["hash", hash],
  ["id", ({ data }) => textOf(Object.hasOwn(data, "id") ? data["id"] : undefined)?.trim() || null],
  ["collection", () => "posts"],
  ["output_ext", () => ".html"],
]);

function slug(parts: PermalinkParts): string | null {
  const { preset, name, title } = parts;
  if (parts.slug !== undefined) return styled(parts.slug, parts);
  return preset.slugFrom === "title" ? full(titleSlug({ preset, title })) : styled(name.slug, parts);
}

function titleSlug({ preset, title }: Pick<PermalinkParts, "preset" | "title">): string {
  return preset.slugs === "written" ? slugify(title) : slugStyles[preset.slugs](title);
}

function styled(text: string, { preset }: PermalinkParts): string | null {
  return full(slugStyles[preset.slugs](text));
}

/** Without this text, the address would be that of another page. */
function full(text: string): string | null {
  return text === "" ? null : text;
}

function dir({ preset, name }: PermalinkParts): string {
  return name.dir === "" ? "" : slugStyles[preset.slugs](name.dir);
}

/** Folders, without those that are part of a date. */
function undated(folders: string): string {
  return folders.replace(/(?<=^|\/)\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:[-/]|$)/, "").replace(/\/$/, "");
}

function sections({ preset, name, lang }: PermalinkParts): string[] {
  const all = [...name.section.split("/"), ...name.dir.split("/")].filter((part) => part !== "");
  // Generators with languages don't count the folder of a language as a section.
  const own = preset.languageInName && all[0]?.toLowerCase() === lang.toLowerCase() ? all.slice(1) : all;
  return own.map((part) => slugStyles[preset.slugs](part));
}

/** Hugo's slices: `[1]`, `[last]`, `[1:]`, `[:last]`. Out of range gives nothing. */
function cut(all: readonly string[], slice: string): string[] {
  const [, from = "", colon, to = ""] = /^\[(last|\d*)(:?)(last|\d*)\]$/.exec(slice) ?? [];
  const at = (text: string, otherwise: number): number =>
    text === "" ? otherwise : text === "last" ? all.length - 1 : Number(text);
  const begin = at(from, 0);
  return all.slice(begin, colon ? at(to, all.length) : begin + 1);
}

function join(folder: string, file: string | null): string | null {
  return file && (folder === "" ? file : `${folder}/${file}`);
}

function distinct(all: readonly string[]): string {
  return [...new Set(all)].join("/");
}

/** The date in the file name, unchanged, with slashes: Docusaurus doesn't pad it. */
function writtenDate({ date, folderDate }: FileName): string | undefined {
  return (date ?? folderDate)?.replaceAll("-", "/");
}

/** Hexo's hash of its slug and the seconds since 1970. */
function hash(parts: PermalinkParts): string | null {
  const text = join(parts.name.dir, slug(parts));
  return (
    parts.moment &&
    createHash("sha1")
      .update(`${text ?? ""}${parts.moment.unix}`)
      .digest("hex")
      .slice(0, 12)
  );
}

const dayMs = 86_400_000;

function weekday({ year, month, day }: Moment): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

function dayOfYear({ year, month, day }: Moment): number {
  return (Date.UTC(year, month - 1, day) - Date.UTC(year, 0, 0)) / dayMs;
}

/** ISO 8601: the week, and the year, of the Thursday of the same week. */
function isoWeek(moment: Moment): { week: number; year: number } {
  const { year, month, day } = moment;
  const thursday = new Date(Date.UTC(year, month - 1, day + 4 - (weekday(moment) || 7)));
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return { week: Math.floor((thursday.getTime() - first) / dayMs / 7) + 1, year: thursday.getUTCFullYear() };
}
