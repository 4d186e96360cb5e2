/** Lists the files of a folder that are posts. */

import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { PostriderError } from "#core/errors.ts";
import type { Preset } from "#core/posts/preset.ts";

/** Absolute, sorted. Throws `PostriderError` when the folder can't be read. */
export async function listPosts(dir: string, preset: Preset): Promise<string[]> {
  const excluded = preset.exclude.map(matcher);
  const isPost = ({ name }: Dirent): boolean => preset.extensions.some((ending) => name.toLowerCase().endsWith(ending));
  const found: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    const entries = (await readdir(folder, { withFileTypes: true })).filter(
      ({ name }) => !name.startsWith(".") && !excluded.some((matches) => matches(name)),
    );
    // Symbolic links are skipped: they may lead out of the folder, or in a circle.
    const posts = entries.filter((entry) => entry.isFile() && isPost(entry));
    const bundle = preset.leafBundles && folder !== dir ? posts.filter(({ name }) => /^index\.[^/]+$/i.test(name)) : [];
    for (const { name } of bundle.length > 0 ? bundle : posts) found.push(join(folder, name));
    if (bundle.length > 0) return;
    for (const entry of entries) if (entry.isDirectory()) await walk(join(folder, entry.name));
  };
  try {
    await walk(dir);
  } catch (cause) {
    throw new PostriderError("not_found", `The content folder ${dir} can't be read`, {
      hint: "Set content.dir in postrider.yaml to the folder that holds your posts",
      cause,
    });
  }
  return found.sort();
}

/** A name; `*` matches any characters. */
function matcher(pattern: string): (name: string) => boolean {
  if (!pattern.includes("*")) return (name) => name === pattern;
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop() ?? "";
  return (name) => {
    if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
    let at = first.length;
    for (const piece of rest) {
      const next = name.indexOf(piece, at);
      if (next === -1) return false;
      at = next + piece.length;
    }
    return at <= name.length - last.length;
  };
}
