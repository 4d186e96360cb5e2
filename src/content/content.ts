/** Opens a folder of posts: the way from a path to a post, or to a clear word on why it is none. */

import { readdir, realpath } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import type { Clock } from "#core/clock.ts";
import type { Content, ContentSettings, Reading } from "#core/content.ts";
import type { Diagnostic } from "#core/diagnostic.ts";
import { PostriderError } from "#core/errors.ts";
import type { ReadOutline } from "#core/outline.ts";
import type { Site } from "#core/post.ts";
import { assemblePost, type Conventions } from "./assemble.ts";
import { openDates } from "./dates.ts";
import { readFileName } from "./file-name.ts";
import { readFrontMatter } from "./front-matter.ts";
import { assertPermalinkPattern } from "./permalinks.ts";
import { loadPreset } from "./presets.ts";
import { readSource, revisionOf } from "./source.ts";

export interface ContentTools {
  site: Site;
  outline: ReadOutline;
  clock: Clock;
  /** Absolute; relative paths are read from here. */
  baseDir: string;
}

/** Throws `PostriderError` for a preset, time zone or permalink pattern that doesn't exist. */
export function openContent(settings: ContentSettings, { site, outline, clock, baseDir }: ContentTools): Content {
  const preset = loadPreset(settings.preset, settings.permalink === undefined ? {} : { permalink: settings.permalink });
  assertPermalinkPattern(preset.permalink);
  const conventions: Conventions = { site, preset, readDate: openDates(site.timezone), readOutline: outline };

  return {
    async read(path) {
      const file = resolve(baseDir, path);
      const source = await readSource(file);
      if ("problem" in source) return rejected(path, [source.problem]);
      const front = readFrontMatter(source.text);
      if (front.diagnostics.some(({ severity }) => severity === "error")) return rejected(path, front.diagnostics);
      const name = readFileName(await pathInside(file, settings.dir, baseDir));
      const revision = revisionOf(source.text);
      return { path, ...assemblePost({ path, name, revision, front }, conventions, clock.now()) };
    },

    async list() {
      const found: string[] = [];
      const walk = async (folder: string): Promise<void> => {
        for (const entry of await readdir(folder, { withFileTypes: true })) {
          if (entry.name.startsWith(".") || preset.exclude.includes(entry.name)) continue;
          // Links are passed over: they may lead out of the folder, or in a circle.
          if (entry.isDirectory()) await walk(join(folder, entry.name));
          else if (entry.isFile() && preset.extensions.some((ending) => entry.name.toLowerCase().endsWith(ending)))
            found.push(join(folder, entry.name));
        }
      };
      try {
        await walk(settings.dir);
      } catch (cause) {
        throw new PostriderError("not_found", `The content folder ${settings.dir} can't be read`, {
          hint: "Set content.dir in postrider.yaml to the folder that holds your posts",
          cause,
        });
      }
      return found.sort();
    },
  };
}

function rejected(path: string, diagnostics: Diagnostic[]): Reading {
  return { path, post: null, diagnostics };
}

/** With links resolved, so that one file is one post however it was reached. */
async function pathInside(file: string, dir: string, baseDir: string): Promise<string> {
  const [real, root, base] = await Promise.all([file, dir, baseDir].map(resolved));
  const inside = relative(root ?? dir, real ?? file);
  const outside = inside === ".." || inside.startsWith(`..${sep}`);
  return (outside ? relative(base ?? baseDir, real ?? file) : inside).replaceAll(sep, "/");
}

async function resolved(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}
