/** Opens a folder of posts, and reads each path as a post or as findings about why it is not one. */

import { realpath } from "node:fs/promises";
import { basename, relative, resolve, sep } from "node:path";
import type { Clock } from "#core/clock.ts";
import type { Content, ContentSettings, Reading } from "#core/posts/content.ts";
import type { Diagnostic } from "#core/posts/diagnostic.ts";
import type { ReadOutline } from "#core/posts/outline.ts";
import type { Site } from "#core/posts/post.ts";
import { addressFrom } from "./address/address.ts";
import { assertPermalinkPattern } from "./address/permalinks.ts";
import { assemblePost, type Conventions, type PostSource } from "./assemble.ts";
import { openAuthorRecords } from "./fields/author-records.ts";
import { openDates } from "./fields/dates.ts";
import { readFileName } from "./fields/file-name.ts";
import { withDeadline } from "./folder/deadline.ts";
import { openKnownSince } from "./folder/known-since.ts";
import { listPosts } from "./folder/list-posts.ts";
import { openNeighbours } from "./folder/neighbours.ts";
import { watchPosts } from "./folder/watch.ts";
import { type FrontMatter, readFrontMatter } from "./front-matter/front-matter.ts";
import { readSource, revisionOf } from "./front-matter/source.ts";
import { withoutSyndication } from "./front-matter/syndication.ts";
import { writeSyndication } from "./front-matter/write-syndication.ts";
import { loadPreset } from "./generators/presets.ts";
import { assertSwitches, finding } from "./rules.ts";

export interface ContentTools {
  site: Site;
  outline: ReadOutline;
  clock: Clock;
  /** Absolute. Relative paths start here. */
  baseDir: string;
  /** The time limit for reading one post. */
  deadlineMs?: number;
}

/** Throws `PostriderError` for a preset, time zone or permalink pattern that doesn't exist. */
export function openContent(
  settings: ContentSettings,
  { site, outline, clock, baseDir, deadlineMs }: ContentTools,
): Content {
  const { dir, preset: presetName, checks = {}, syndication: _, ...changes } = settings;
  const preset = loadPreset(presetName, changes);
  for (const pattern of [preset.permalink, preset.permalinkWithSlug, preset.permalinkUndated])
    if (pattern !== undefined) assertPermalinkPattern(pattern, preset);
  const conventions: Omit<Conventions, "readRecord"> = {
    site,
    preset,
    readDate: openDates(site.timezone),
    readOutline: outline,
    switches: assertSwitches(checks),
  };
  const pathInside = openPaths(dir, baseDir);
  const readAuthors = openAuthorRecords(preset.authorsFile, dir, baseDir);
  const list = () => listPosts(dir, preset);
  // Links may also lead to the page of a section.
  const exclude = preset.exclude.filter((name) => !name.startsWith("_index"));
  const neighbours = openNeighbours(dir, () => listPosts(dir, { ...preset, exclude }));

  const place = placeOf(dir, baseDir);
  const nameOf = async (file: string) => readFileName(await pathInside(file), place, preset.languageInName);
  const addressOf = async (file: string): Promise<string | null> => {
    const read = await readFront(file);
    return "problem" in read ? null : addressFrom(read.front, await nameOf(file), conventions);
  };

  return {
    async read(path) {
      const file = resolve(baseDir, path);
      const read = await readFront(file);
      if ("problem" in read) return rejected(path, [read.problem]);
      if (read.front.diagnostics.some(({ severity }) => severity === "error"))
        return rejected(path, read.front.diagnostics);
      const post = {
        path,
        name: await nameOf(file),
        revision: revisionOf(withoutSyndication(read.text)),
        front: read.front,
      };
      const authors = await readAuthors();
      const complete = { ...conventions, readRecord: authors.read };
      // Starting the watchdog takes as long as reading a short post, whose cost is limited anyway.
      const isShort = read.front.body.length < shortBody;
      const inTime = <T>(work: () => T): T | null => (isShort ? work() : withDeadline(work, deadlineMs));
      const reader = (postAddress: PostAddress): Reading => {
        const result = inTime(() => assemblePost({ ...post, postAddress }, complete, clock.now()));
        return result ? { path, ...result } : rejected(path, [tooSlow(read.front)]);
      };
      const find = (references: readonly string[]) => neighbours.find(references, file);
      const { sources, ...reading } = await readWithLinks(reader, { find, addressOf, clock });
      return { ...reading, sources: [...authors.sources, ...sources] };
    },

    list,
    knownSince: openKnownSince(dir, baseDir),
    syndicate: (path, links, former) => writeSyndication(resolve(baseDir, path), links, former),
    watch: (onChange, onError) =>
      watchPosts(dir, {
        extensions: preset.extensions,
        onError,
        onChange: (changes) => onChange(changes.filter(({ exists }) => exists).map(({ path }) => path)),
      }),
  };
}

type PostAddress = PostSource["postAddress"];

interface LinkedPosts {
  /** Returns the files of those references that name a post. */
  find(references: readonly string[]): Promise<Map<string, string>>;
  addressOf(file: string): Promise<string | null>;
  clock: Clock;
}

/** Reads a post. If it links to other posts, reads it again with their addresses. */
async function readWithLinks(
  reader: (postAddress: PostAddress) => Reading,
  { find, addressOf, clock }: LinkedPosts,
): Promise<Reading & { sources: readonly string[] }> {
  const asked = new Set<string>();
  const alone = reader((reference) => {
    asked.add(reference);
    return null;
  });
  if (asked.size === 0) return { ...alone, sources: [] };
  const files = await find([...asked]);
  const addresses = new Map<string, string>();
  for (const [reference, target] of files) {
    const address = await addressOf(target);
    if (address) addresses.set(reference, address);
  }
  const linked = reader((reference) => addresses.get(reference) ?? null);
  // A missing post may appear later, so this result is only valid now.
  const changesAt = addresses.size < asked.size ? { changesAt: clock.now().toISOString() } : {};
  return { ...linked, ...changesAt, sources: [...files.values()] };
}

async function readFront(file: string): Promise<{ problem: Diagnostic } | { text: string; front: FrontMatter }> {
  const source = await readSource(file);
  return "problem" in source ? source : { text: source.text, front: readFrontMatter(source.text) };
}

/** The folder of posts as a path below `baseDir`. Only its name if it is elsewhere. */
function placeOf(dir: string, baseDir: string): string {
  const below = relative(baseDir, dir);
  return (below === "" || below.startsWith("..") ? basename(dir) : below).replaceAll(sep, "/");
}

/** In characters. */
const shortBody = 16_000;

function tooSlow({ bodyLine }: FrontMatter): Diagnostic {
  return finding("too-slow", bodyLine, "Reading the post took too long and was stopped; simplify the text");
}

function rejected(path: string, diagnostics: Diagnostic[]): Reading {
  return { path, post: null, diagnostics };
}

/** Resolves symbolic links in paths, so that one file is always one post. The folders are resolved once. */
function openPaths(dir: string, baseDir: string): (file: string) => Promise<string> {
  let folders: Promise<[root: string, base: string]> | null = null;
  return async (file) => {
    folders ??= Promise.all([resolved(dir), resolved(baseDir)]);
    const [root, base] = await folders;
    const real = await resolved(file);
    const inside = relative(root, real);
    const outside = inside === ".." || inside.startsWith(`..${sep}`);
    return (outside ? relative(base, real) : inside).replaceAll(sep, "/");
  };
}

async function resolved(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}
