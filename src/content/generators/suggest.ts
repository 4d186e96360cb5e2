/** Guesses the generator of a folder of posts from nearby files. It is only a suggestion for the operator. */

import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import type { ContentSettings } from "#core/posts/content.ts";
import type { Preset } from "#core/posts/preset.ts";
import { isSamePattern, type OwnSettings, readOwnSettings } from "./own-settings.ts";
import { loadPreset, presetNames } from "./presets.ts";

export interface Suggestion {
  preset: string;
  /** What was found, for people: `hugo.toml`, `"{{< " in posts/a.md`. */
  found: string[];
  /** What the generator's own configuration says otherwise than the preset, or than `postrider.yaml`. */
  permalink?: string;
  timezone?: string;
}

/** The generator whose files lie in `dir` itself; posts only decide between two. */
export async function recognisePreset(dir: string): Promise<{ preset: string; found: string[] } | null> {
  const best = await bestPreset(dir, [dir]);
  return best && best.files.length > 0 ? { preset: best.preset, found: best.files } : null;
}

/** The preset with the most signs, looked for in `dir` and in the folders above it up to the repository's; `null` without any. */
export async function suggestPreset(dir: string, timezone?: string): Promise<Suggestion | null> {
  const best = await bestPreset(dir, projectFolders(dir));
  if (!best) return null;
  const { preset } = best;
  const found = [...new Set([...best.files, ...best.posts])];
  const own = await otherwise(loadPreset(preset), dir, timezone);
  return { preset, found, ...(own && { ...own, found }) };
}

interface Signs {
  preset: string;
  files: string[];
  posts: string[];
}

async function bestPreset(dir: string, folders: readonly string[]): Promise<Signs | null> {
  const samples = await samplePosts(dir);
  let best: (Signs & { points: number }) | null = null;
  for (const preset of presetNames()) {
    const { signs } = loadPreset(preset);
    const files = (await Promise.all(signs.files.map((sign) => findFile(sign, folders)))).filter(
      (file) => file !== null,
    );
    const posts = signs.posts.flatMap((sign) => {
      const sample = samples.find(({ text }) => text.includes(sign));
      return sample ? [`"${sign.trim().replaceAll("\n", " ")}" in ${relative(dir, sample.file)}`] : [];
    });
    const points = 3 * files.length + posts.length;
    if (points > (best?.points ?? 0)) best = { preset, files, posts, points };
  }
  return best;
}

/** What the generator's own configuration says otherwise than `postrider.yaml`, which has a preset already; `null` when nothing. */
export async function suggestSettings(settings: ContentSettings, timezone: string): Promise<Suggestion | null> {
  const { dir, preset, checks: _, ...changes } = settings;
  const own = await otherwise(loadPreset(preset, changes), dir, timezone);
  return own && { preset, ...own };
}

async function otherwise(preset: Preset, dir: string, timezone?: string): Promise<OwnSettings | null> {
  const own = await readOwnSettings(preset, projectFolders(dir), basename(dir));
  const permalink =
    own.permalink && !isSamePattern(own.permalink, preset.permalink, preset) ? own.permalink : undefined;
  const clock = own.timezone === timezone ? undefined : own.timezone;
  if (!permalink && !clock) return null;
  return { found: own.found, ...(permalink && { permalink }), ...(clock && { timezone: clock }) };
}

const maxLevels = 5;
const maxSamples = 30;
const maxVisited = 2_000;

function projectFolders(dir: string): string[] {
  const folders = [dir];
  while (folders.length < maxLevels) {
    const last = folders.at(-1) ?? dir;
    if (existsSync(join(last, ".git")) || dirname(last) === last) break;
    folders.push(dirname(last));
  }
  return folders;
}

/** `_config.yml`, or `_config.yml:permalink` for such a file with that text in it. */
async function findFile(sign: string, folders: readonly string[]): Promise<string | null> {
  const [name = "", text] = sign.split(/:(.*)/s);
  for (const folder of folders) {
    const path = join(folder, name);
    if (!existsSync(path)) continue;
    if (text === undefined) return name;
    const content = await readFile(path, "utf8").catch(() => "");
    if (content.includes(text)) return `${name} with "${text}"`;
  }
  return null;
}

async function samplePosts(dir: string): Promise<{ file: string; text: string }[]> {
  const samples: { file: string; text: string }[] = [];
  const folders = [dir];
  for (let visited = 0; folders.length > 0 && samples.length < maxSamples && visited < maxVisited; visited++) {
    const folder = folders.shift() ?? dir;
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile() && /\.(?:md|mdx|markdown)$/i.test(entry.name) && samples.length < maxSamples)
        samples.push({ file: path, text: (await readFile(path, "utf8").catch(() => "")).slice(0, 50_000) });
    }
  }
  return samples;
}
