/** Finds the presets: each file in `presets/` is one, named after the file. */

import { readdirSync } from "node:fs";
import { PostriderError } from "#core/errors.ts";
import type { Overrides, Preset, PresetFile } from "#core/posts/preset.ts";
import { override } from "./preset.ts";

/** The names that `content.preset` may have, sorted. */
export function presetNames(): string[] {
  return [...files.keys()].sort();
}

/** A preset with all that it extends, and the site's own changes on top. Throws `PostriderError` for an unknown name. */
export function loadPreset(name: string, changes: Overrides = {}): Preset {
  return override(resolve(name, []), changes);
}

const folder = new URL("./presets/", import.meta.url);
const files = new Map<string, PresetFile>(
  await Promise.all(
    readdirSync(folder)
      .filter((file) => /^[a-z-]+\.(js|ts)$/.test(file))
      .map(async (file): Promise<[string, PresetFile]> => {
        const module = (await import(new URL(file, folder).href)) as { default: PresetFile };
        return [file.replace(/\.\w+$/, ""), module.default];
      }),
  ),
);

function resolve(name: string, above: readonly string[]): Preset {
  const file = files.get(name);
  if (!file || above.includes(name))
    throw new PostriderError("invalid", `There is no content preset "${name}"`, {
      hint: `Use one of: ${presetNames().join(", ")}`,
    });
  if (!("extends" in file)) return file;
  const { extends: base, ...changes } = file;
  return override(resolve(base, [...above, name]), changes);
}
