/** The public address of a post: what its front matter says, else the pattern of its generator. */

import { ConfigError } from "#core/errors.ts";
import type { Field } from "./fields.ts";
import { textOf } from "./fields.ts";

/** What the tokens of a pattern stand for. */
export interface PermalinkParts {
  year: number;
  month: number;
  day: number;
  slug: string;
  file: string;
  dir: string;
  /** The content folder's own section, see `FileName`. */
  section: string;
  title: string;
  lang: string;
  categories: readonly string[];
}

/** Says what is wrong with a pattern by throwing `ConfigError`. */
export function assertPermalinkPattern(pattern: string): void {
  const unknown = pattern.match(/:[a-z_]+/g)?.find((token) => !tokens.has(token.slice(1)));
  if (unknown)
    throw new ConfigError(`"${unknown}" in the permalink "${pattern}" stands for nothing`, {
      hint: `Use ${[...tokens.keys()].map((name) => `:${name}`).join(" ")}`,
    });
  if (/[?#\s\\]/.test(pattern) || /^\w+:\/\//.test(pattern))
    throw new ConfigError(`The permalink "${pattern}" is not a path`, {
      hint: "Write the path below site.url, such as /blog/:file/",
    });
}

/** Fills a pattern in and joins it to the site. `null` when that gives no usable address. */
export function permalinkFrom(pattern: string, parts: PermalinkParts, siteUrl: string): string | null {
  const path = pattern.replace(/:([a-z_]+)/g, (_, name: string) => encodePath(tokens.get(name)?.(parts) ?? ""));
  return join(path, siteUrl);
}

/**
 * The address that a value of front matter names: absolute, or a path below the site.
 * `null` for what is neither: another scheme, a user name in it, template syntax.
 */
export function permalinkFromField(field: Field, siteUrl: string): string | null {
  const text = textOf(field.value)?.trim();
  if (!text || text.length > 2_000 || /[\s\\]|\{[{%]/.test(text)) return null;
  if (/^[a-z][a-z0-9+.-]*:/i.test(text)) return absolute(text);
  return text.startsWith("//") ? null : join(escapeAll(text), siteUrl);
}

/** A title as a path segment: lower case, words joined by `-`, letters of any script kept. */
export function slugify(title: string): string {
  const words = title
    .normalize("NFC")
    .toLowerCase()
    .replace(/['’]/g, "")
    .match(/[\p{L}\p{M}\p{N}]+/gu);
  return (words ?? []).join("-");
}

const tokens = new Map<string, (parts: PermalinkParts) => string>([
  ["year", ({ year }) => String(year)],
  ["month", ({ month }) => String(month).padStart(2, "0")],
  ["i_month", ({ month }) => String(month)],
  ["day", ({ day }) => String(day).padStart(2, "0")],
  ["i_day", ({ day }) => String(day)],
  ["slug", ({ slug }) => slug],
  ["file", ({ file }) => file],
  ["dir", ({ dir }) => dir],
  ["title", ({ title }) => slugify(title)],
  ["path", ({ dir, file }) => (dir === "" ? file : `${dir}/${file}`)],
  ["lang", ({ lang }) => lang],
  ["section", (parts) => sections(parts).split("/")[0] ?? ""],
  ["sections", sections],
  ["categories", ({ categories }) => categories.map(slugify).join("/")],
]);

function sections({ section, dir }: PermalinkParts): string {
  return [section, dir].filter((part) => part !== "").join("/");
}

function join(path: string, siteUrl: string): string | null {
  const clean = `/${path}`.replace(/\/{2,}/g, "/");
  // A browser would climb out of the blog, and a token that came out as nothing but dots does too.
  if (/\/(?:\.|%2e){1,2}(?=\/|$|[?#])/i.test(clean) || clean === "/") return null;
  return absolute(siteUrl.replace(/\/+$/, "") + clean);
}

function absolute(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const web = url.protocol === "https:" || url.protocol === "http:";
  return web && url.username === "" && url.password === "" && !/\/\/\//.test(text) ? url.href : null;
}

/** RFC 3986 §3.3: a segment may hold `@`, `:` and the like; `?` and `#` would end the path. */
function encodePath(text: string): string {
  return escapeAll(text.replaceAll("%", "%25")).replace(/[?#]/g, (sign) => (sign === "?" ? "%3F" : "%23"));
}

/** Percent-encodes what no address may hold and leaves what is encoded already. */
function escapeAll(text: string): string {
  return encodeURI(text.toWellFormed())
    .replace(/%25/g, "%")
    .replace(/%(?![0-9a-f]{2})/gi, "%25");
}
