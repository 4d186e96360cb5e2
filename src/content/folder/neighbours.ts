/** Finds other posts that a post refers to, by path, name or slug. */

import { dirname, relative, resolve, sep } from "node:path";

export interface Neighbours {
  /** The absolute files of those references that name a post of the folder. `from` is the referring file. */
  find(references: readonly string[], from: string): Promise<Map<string, string>>;
}

/** `list` returns all files of the folder. It is called once, and again if a reference isn't found, but at most once a second. */
export function openNeighbours(dir: string, list: () => Promise<string[]>): Neighbours {
  let index: Promise<Map<string, string[]>> | null = null;
  let madeAt = 0;
  const build = async (): Promise<Map<string, string[]>> => {
    madeAt = performance.now();
    return Map.groupBy(await list(), nameOf);
  };
  const search = async (reference: string, from: string): Promise<string | undefined> => {
    index ??= build();
    const found = match(reference, from, await index, dir);
    if (found || performance.now() - madeAt < relistMs) return found;
    index = build();
    return match(reference, from, await index, dir);
  };
  return {
    async find(references, from) {
      const found = new Map<string, string>();
      for (const reference of references.slice(0, maxReferences)) {
        const file = await search(reference, from);
        if (file) found.set(reference, file);
      }
      return found;
    },
  };
}

const maxReferences = 200;
const relistMs = 1_000;

/** The file's name without date and extension; for a bundle (`name/index.md`) the folder's name. */
function nameOf(path: string): string {
  const parts = path.split(/[/\\]/);
  const stem = (parts.pop() ?? "").replace(/\.(?:md|mdx|markdown)$/i, "");
  const name = stem === "index" || stem === "_index" ? (parts.pop() ?? stem) : stem;
  return name.replace(/^\d{4}-\d{1,2}-\d{1,2}-(?=.)/, "").toLowerCase();
}

/** The file next to the post, or else the only file with this name, or else the file whose path ends with the reference. */
function match(reference: string, from: string, index: ReadonlyMap<string, string[]>, dir: string): string | undefined {
  const clean = safeDecode(reference.replace(/[?#].*$/s, "")).replace(/\/+$/, "");
  const candidates = index.get(nameOf(clean)) ?? [];
  const beside = resolve(dirname(from), clean);
  const wanted = `/${withoutEnding(clean).replace(/^(?:\.{0,2}\/)+/, "")}`;
  return (
    candidates.find((file) => file === beside) ??
    candidates.find((file) => `/${withoutEnding(relative(dir, file).split(sep).join("/"))}`.endsWith(wanted)) ??
    candidates.find((file) => wanted.endsWith(`/${withoutEnding(relative(dir, file).split(sep).join("/"))}`)) ??
    (candidates.length === 1 ? candidates[0] : undefined)
  );
}

function withoutEnding(path: string): string {
  return path.replace(/(?:\/_?index)?\.(?:md|mdx|markdown)$/i, "");
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
