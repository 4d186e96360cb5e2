/** A folder of posts for a test, and the reading of one post from nothing but its text. */

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { openContent } from "#content/content.ts";
import type { Content, ContentSettings, Reading } from "#core/posts/content.ts";
import type { ReadOutline } from "#core/posts/outline.ts";
import type { Post, Site } from "#core/posts/post.ts";
import { readOutline } from "#render/markdown/outline.ts";
import { tempDir } from "../support/temp.ts";

export const root = fileURLToPath(new URL("../../", import.meta.url));
export const corpus = process.env["POSTRIDER_CORPUS"] ?? join(root, "../shared/corpus");
export const hasCorpus = existsSync(corpus);

export const site: Site = {
  title: "The Tide Table",
  url: "https://tide.example.org",
  description: "Notes from a harbour.",
  language: "en",
  timezone: "UTC",
};

/** The day on which every test is run. */
export const today = new Date("2026-06-01T12:00:00Z");

export interface Options extends Partial<Omit<ContentSettings, "dir">> {
  site?: Partial<Site>;
  now?: Date;
  deadlineMs?: number;
  outline?: ReadOutline;
  /** The project, when that isn't the content folder. */
  baseDir?: string;
}

/** Writes the files and opens their folder. */
export function contentOf(files: Record<string, string | Uint8Array>, options: Options = {}): Content {
  const dir = join(tempDir(), "posts");
  mkdirSync(dir);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return openFolder(dir, options);
}

export function openFolder(
  dir: string,
  { site: more, now = today, deadlineMs, outline = readOutline, baseDir = dir, ...settings }: Options = {},
): Content {
  return openContent(
    { preset: "plain", ...settings, dir },
    {
      site: { ...site, ...more },
      outline,
      ...(deadlineMs !== undefined && { deadlineMs }),
      clock: { now: () => now, sleep: async () => {} },
      baseDir,
    },
  );
}

/** Reads one post. `path` is where it lies in the content folder. */
export async function readPost(text: string | Uint8Array, options: Options & { path?: string } = {}): Promise<Reading> {
  const { path = "2026-05-04-low-water.md", ...rest } = options;
  return contentOf({ [path]: text }, rest).read(path);
}

/** Like `readPost`, for text that makes a post; fails otherwise, with what was wrong. */
export async function postOf(text: string, options: Options & { path?: string } = {}): Promise<Post> {
  const { post, diagnostics } = await readPost(text, options);
  if (!post) throw new Error(JSON.stringify(diagnostics));
  return post;
}

/** A post around a body that has nothing wrong with it but what the body brings. The body begins on line 5. */
export function article(body: string): string {
  return `---\ntitle: Low water\ndate: 2026-05-04\n---\n${body}\n`;
}

/** `code:line` of each finding, in order. */
export function codes({ diagnostics }: Reading): string[] {
  return diagnostics.map(({ code, line }) => `${code}:${line}`);
}

export const sentence =
  "The harbour lay dry for an hour, and the boats leaned on each other like readers in a library.";
