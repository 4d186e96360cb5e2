/** Makes the public address of a post from its front matter or from its generator's pattern. */

import type { Field } from "#content/fields/fields.ts";
import { textOf } from "#content/fields/fields.ts";
import { ConfigError } from "#core/errors.ts";
import type { Preset } from "#core/posts/preset.ts";
import { type PermalinkParts, tokenNamed, tokenNames } from "./permalink-tokens.ts";

/** The pattern of a named style (Jekyll's `pretty`), or the pattern itself. */
export function permalinkPattern(pattern: string, { permalinkStyles }: Preset): string {
  return Object.hasOwn(permalinkStyles, pattern) ? (permalinkStyles[pattern] ?? pattern) : pattern;
}

/** Throws `ConfigError` with what is wrong with a pattern. */
export function assertPermalinkPattern(pattern: string, preset: Preset): void {
  const text = permalinkPattern(pattern, preset);
  const found = [...text.matchAll(token)];
  const unknown = found.find(([, name = "", slice]) => !meaning(name, slice, preset))?.[0];
  if (unknown)
    throw new ConfigError(`"${unknown}" in the permalink "${pattern}" is not a known token`, {
      hint: `Use ${tokenNames()
        .map((name) => `:${name}`)
        .join(" ")}`,
    });
  if (/[?#\s\\]/.test(text) || /^\w+:\/\//.test(text))
    throw new ConfigError(`The permalink "${pattern}" is not a path`, {
      hint: "Write the path below site.url, such as /blog/:file/",
    });
  if (found.length === 0)
    throw new ConfigError(`The permalink "${pattern}" is the same for every post`, {
      hint: `Write a pattern such as /blog/:file/${Object.keys(preset.permalinkStyles)
        .map((name) => `, or ${name}`)
        .join("")}`,
    });
}

/** Fills in a pattern and joins it to the site's address. `null` if this gives no usable address. */
export function permalinkFrom(pattern: string, parts: PermalinkParts, siteUrl: string, below = ""): string | null {
  let isWhole = true;
  const path = permalinkPattern(pattern, parts.preset).replace(token, (_, name: string, slice?: string) => {
    const found = meaning(name, slice, parts.preset);
    const text = found?.token(parts) ?? null;
    if (text === null) isWhole = false;
    return encodePath(text ?? "") + (found?.rest ?? "");
  });
  return isWhole ? join(`${below}/${path}`, siteUrl) : null;
}

/** A name, and a slice for Hugo's sections. */
const token = /:([a-z]\w*)(\[[^\]\s]{1,20}\])?/g;

/** `:year_archive` is the token `:year` followed by text. */
function meaning(name: string, slice: string | undefined, preset: Preset) {
  for (let end = name.length; end > 0; end = name.lastIndexOf("_", end - 1)) {
    const known = tokenNamed(name.slice(0, end), slice, preset, end === name.length);
    if (known) return { token: known, rest: name.slice(end) };
  }
  return undefined;
}

/**
 * The address in a front matter value: absolute, or a path below the site, possibly with tokens. `null` for anything
 * else: another scheme, a user name, template syntax.
 */
export function permalinkFromField(field: Field, parts: PermalinkParts, siteUrl: string): string | null {
  const text = untemplated(textOf(field.value)?.trim() ?? "", parts.preset);
  if (!text || text.length > 2_000 || /[\s\\]|\{[{%]/.test(text)) return null;
  if (/^[a-z][a-z0-9+.-]*:/i.test(text)) return absolute(text);
  if (text.startsWith("//")) return null;
  if (parts.preset.pathEndsInSlash) return join(`${escapeAll(text)}/`, siteUrl);
  // A colon inside a name, as in `/wiki/Help:title`, is not a token.
  return /(?:^|[/-]):[a-z]/.test(text) ? permalinkFrom(text, parts, siteUrl) : join(escapeAll(text), siteUrl);
}

/** Replaces Eleventy's common template expressions in a permalink with tokens. Others are refused. */
export function untemplated(text: string, { syntax }: Preset): string {
  if (!syntax.liquid || !text.includes("{{")) return text;
  return text
    .replace(/\{\{-?\s{0,9}([^{}]{1,200}?)\s{0,9}-?\}\}/g, (raw, expression: string) => {
      const [value = "", ...filters] = expression.split("|").map((part) => part.trim());
      const format = /^date(?:\s*:|\()\s*["']([^"']{1,40})["']\)?$/.exec(filters[0] ?? "")?.[1];
      if (value === "page.date" && format && filters.length === 1)
        return format.replace(/%(\w)|yyyy|MM|dd/g, (part) => `:${dateParts[part] ?? "unknown"}`);
      if (filters.every((filter) => /^(?:slug|slugify|url|safe)$/.test(filter))) return pageValues[value] ?? raw;
      return raw;
    })
    .replace(/(?<=\/)index\.html$/, "");
}

const pageValues: Readonly<Record<string, string>> = {
  "page.fileSlug": ":slug",
  "page.filePathStem": ":path",
  title: ":post_title",
};
const dateParts: Readonly<Record<string, string>> = {
  "%Y": "year",
  "%m": "month",
  "%d": "day",
  yyyy: "year",
  MM: "month",
  dd: "day",
};

function join(path: string, siteUrl: string): string | null {
  const clean = `/${path}`.replace(/\/{2,}/g, "/");
  // A browser would leave the blog's folder. A token with only dots would do the same.
  if (/\/(?:\.|%2e){1,2}(?=\/|$|[?#])/i.test(clean) || clean === "/") return null;
  return absolute(siteUrl.replace(/\/+$/, "") + clean);
}

function absolute(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const web = url.protocol === "https:" || url.protocol === "http:";
  return web && url.username === "" && url.password === "" && !/\/\/\//.test(text) ? url.href : null;
}

/** RFC 3986 §3.3: a segment may contain `@`, `:` and similar characters; `?` and `#` would end the path. */
function encodePath(text: string): string {
  return escapeAll(text.replaceAll("%", "%25")).replace(/[?#]/g, (sign) => (sign === "?" ? "%3F" : "%23"));
}

/** Percent-encodes forbidden characters, and keeps what is already encoded. */
function escapeAll(text: string): string {
  return encodeURI(text.toWellFormed())
    .replace(/%25/g, "%")
    .replace(/%(?![0-9a-f]{2})/gi, "%25");
}
