/**
 * Recognises a blog by its generator's files, and reads settings for `postrider.yaml` from them. Runs no code of the
 * blog.
 */

import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join, normalize, relative, sep } from "node:path";
import { readGeneratorFile, text } from "./generator-files.ts";
import { type Fact, type Facts, generators } from "./generators.ts";
import { isSamePattern, readOwnSettings } from "./own-settings.ts";
import { loadPreset } from "./presets.ts";
import { recognisePreset } from "./suggest.ts";

export interface Told {
  value: string;
  /** The file with the value, relative to the blog's folder. */
  file: string;
}

export interface Blog {
  preset: string;
  /** The name of the generator. */
  generator: string;
  /** Files by which it was recognised. */
  found: string[];
  /** The values that could be read. */
  facts: Partial<Record<Exclude<Fact, "folder" | "built">, Told>>;
  /** The folder of the posts, and the number of files. `null` if there are none yet. */
  posts: { folder: string; files: number } | null;
  /** A folder for feeds that the generator copies and doesn't empty, and its path on the site. `built`: the folder that each build replaces. */
  feeds: { folder: string; path: string; copied: boolean; built: string };
  /** Whether the preset's pattern is only a guess. */
  addressesInCode: boolean;
  /** Advice for changes in the generator's configuration. */
  advice: string[];
}

/** `null` if the folder contains no generator's configuration. */
export async function recogniseBlog(dir: string): Promise<Blog | null> {
  const recognised = await recognisePreset(dir);
  const generator = recognised && generators[recognised.preset];
  if (!recognised || !generator) return null;
  const { preset, found } = recognised;
  const told: Partial<Record<Fact, Told>> = {};
  for (const name of generator.files) {
    const file = await readGeneratorFile(dir, name);
    for (const [fact, value] of Object.entries(file ? generator.read(file) : ({} as Facts)) as [Fact, unknown][]) {
      const sound = soundFact(fact, value);
      if (sound) told[fact] ??= { value: sound, file: name };
    }
  }
  const { folder: base, built, ...facts } = told;
  const posts = await postsIn(dir, generator.folders, base?.value, facts.language?.value);
  const own = await readOwnSettings(loadPreset(preset), [dir], basename(posts?.folder ?? ""));
  const [file = ""] = own.found;
  if (own.permalink && !isSamePattern(own.permalink, loadPreset(preset).permalink, loadPreset(preset)))
    facts.permalink = { value: own.permalink, file };
  const source = preset === "jekyll" && base && existsSync(join(dir, base.value, "_posts")) ? `${base.value}/` : "";
  const copied = preset === "hexo" && base ? base.value : generator.copied;
  return {
    ...{ preset, generator: generator.title, found, facts, posts },
    feeds: {
      folder: copied ? `${copied}/feeds` : `${source}feeds`,
      ...{ path: "/feeds", copied: copied !== "", built: built?.value ?? generator.built },
    },
    addressesInCode: generator.addressesInCode ?? false,
    advice: generator.advice?.(base?.value) ?? [],
  };
}

/** In the form for `postrider.yaml`. */
function soundFact(fact: Fact, value: unknown): string | undefined {
  const written = text(value)?.replace(/\s+/g, " ");
  if (written === undefined) return undefined;
  if (fact === "url") return /^https?:\/\/[^\s{}$]+$/.test(written) && URL.canParse(written) ? written : undefined;
  // A text with template syntax is not usable.
  if (/\{\{|\$\{|<%/.test(written)) return undefined;
  if (fact === "language") return works(() => Intl.getCanonicalLocales(written.replace("_", "-"))[0]);
  if (fact === "timezone") return works(() => new Intl.DateTimeFormat("en", { timeZone: written }) && written);
  if (fact === "folder" || fact === "built") {
    const path = normalize(written)
      .replaceAll(sep, "/")
      .replace(/^\/+|\/+$/g, "");
    return path.startsWith("..") ? undefined : path || undefined;
  }
  return written;
}

function works(make: () => string | undefined): string | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

/** The folder in the generator's configuration, or else the first usual folder with posts, or else the folder with the most posts. */
async function postsIn(
  dir: string,
  usual: readonly string[],
  named: string | undefined,
  language = "en",
): Promise<Blog["posts"]> {
  const counts = await countPosts(dir);
  const below = (folder: string): number =>
    [...counts].reduce((sum, [path, n]) => sum + (isBelow(path, folder) ? n : 0), 0);
  // `src` also contains the posts, but `src/pages/blog` is their folder.
  const patterns = usual.flatMap((pattern) =>
    pattern.includes("{in}") ? (named ? [normalize(pattern.replace("{in}", named))] : []) : [pattern],
  );
  const isBase = usual.some((pattern) => pattern.includes("{in}"));
  if (named && !isBase && below(named) > 0) return { folder: named, files: below(named) };
  for (const pattern of patterns) {
    const folders = [...new Set([...counts.keys()].flatMap((path) => matching(path, pattern)))];
    // If there are several languages, the site's language.
    const isOwn = (folder: string): number => Number(folder.split("/").includes(language));
    const [best] = folders.sort((a, b) => isOwn(b) - isOwn(a) || below(b) - below(a) || (a < b ? -1 : 1));
    if (best) return { folder: best, files: below(best) };
  }
  if (named && below(named) > 0) return { folder: named, files: below(named) };
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most ? { folder: most[0], files: below(most[0]) } : null;
}

function isBelow(path: string, folder: string): boolean {
  return folder === "." || path === folder || path.startsWith(`${folder}/`);
}

/** The beginning of a path that matches a pattern. */
function matching(path: string, pattern: string): string[] {
  const parts = path.split("/");
  const wanted = pattern.replaceAll(sep, "/").split("/");
  const fits = wanted.every((part, index) => parts[index] !== undefined && (part === "*" || part === parts[index]));
  return fits ? [parts.slice(0, wanted.length).join("/")] : [];
}

const built = [
  "node_modules",
  "public",
  "_site",
  "dist",
  "build",
  "resources",
  "vendor",
  "themes",
  "templates",
  "jobs",
];
const mostFolders = 5_000;

/** The number of Markdown files by folder, without built files and dependencies. */
async function countPosts(dir: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const folders = [dir];
  for (let visited = 0; folders.length > 0 && visited < mostFolders; visited++) {
    const folder = folders.shift() ?? dir;
    const place = relative(dir, folder).replaceAll(sep, "/") || ".";
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      if (entry.name.startsWith(".") || (place === "." && built.includes(entry.name)) || entry.name === "node_modules")
        continue;
      if (entry.isDirectory()) folders.push(join(folder, entry.name));
      else if (place !== "." && /\.(?:md|mdx|markdown)$/i.test(entry.name))
        counts.set(place, (counts.get(place) ?? 0) + 1);
    }
  }
  return counts;
}
