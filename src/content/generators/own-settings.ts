/**
 * Reads addresses and time zones from a generator's configuration. They are suggested to the operator and never used
 * automatically.
 */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { assertPermalinkPattern, permalinkPattern, untemplated } from "#content/address/permalinks.ts";
import { readSource } from "#content/front-matter/source.ts";
import type { Preset } from "#core/posts/preset.ts";
import { parseToml } from "#formats/toml.ts";
import { parseYaml } from "#formats/yaml.ts";

export interface OwnSettings {
  /** Permalink pattern of posts, with the preset's tokens. */
  permalink?: string;
  timezone?: string;
  /** The files in which this was found. */
  found: string[];
}

/** Reads the preset's files in `folders`, nearest first; `section` is the content folder's name. Unreadable files are ignored. */
export async function readOwnSettings(
  preset: Preset,
  folders: readonly string[],
  section: string,
): Promise<OwnSettings> {
  const settings: OwnSettings = { found: [] };
  for (const folder of folders)
    for (const sign of preset.signs.settings) {
      const name = sign.replaceAll("*", section);
      const path = join(folder, name);
      const data = existsSync(path) ? await parsed(path) : null;
      if (!data) continue;
      const pattern = postPattern(/permalinks\.\w+$/.test(name) ? { permalinks: data } : data, section);
      const permalink = pattern && untemplated(pattern, preset);
      const timezone = data["timezone"] ?? data["timeZone"];
      const before = JSON.stringify([settings.permalink, settings.timezone]);
      if (permalink && isPattern(permalink, preset)) settings.permalink ??= permalink;
      if (typeof timezone === "string" && timezone !== "") settings.timezone ??= timezone;
      if (JSON.stringify([settings.permalink, settings.timezone]) !== before) settings.found.push(name);
    }
  return settings;
}

/** Whether two patterns give the same addresses: names such as `pretty` are resolved, and the leading slash is ignored. */
export function isSamePattern(one: string, other: string, preset: Preset): boolean {
  const [left, right] = [one, other].map((each) => `/${permalinkPattern(each, preset)}`.replace(/^\/+/, "/"));
  return left === right;
}

type Mapping = Readonly<Record<string, unknown>>;

async function parsed(path: string): Promise<Mapping | null> {
  const source = await readSource(path);
  if ("problem" in source) return null;
  try {
    return mapping(path.endsWith(".toml") ? parseToml(source.text).value : parseYaml(source.text).value);
  } catch {
    return null;
  }
}

/** Jekyll's and Hexo's `permalink`, Jekyll's `defaults` for posts, Hugo's `permalinks` by section. */
function postPattern(data: Mapping, section: string): string | undefined {
  const scoped = (Array.isArray(data["defaults"]) ? data["defaults"] : []).flatMap((each: unknown) => {
    const { type, path } = mapping(mapping(each)?.["scope"]) ?? {};
    const isForPosts = type === "posts" || (type === undefined && /^(?:_posts)?$/.test(String(path ?? "")));
    return isForPosts ? [text(mapping(mapping(each)?.["values"])?.["permalink"])] : [];
  });
  const rules = data["permalinks"];
  const listed = (Array.isArray(rules) ? rules : []).map((each: unknown) => text(mapping(each)?.["pattern"]));
  const bySection = mapping(mapping(rules)?.["page"]) ?? mapping(rules) ?? {};
  return scoped.find(Boolean) ?? text(data["permalink"]) ?? text(bySection[section]) ?? listed.find(Boolean);
}

function isPattern(pattern: string, preset: Preset): boolean {
  try {
    assertPermalinkPattern(pattern, preset);
    return true;
  } catch {
    return false;
  }
}

function mapping(value: unknown): Mapping | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Mapping) : null;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
