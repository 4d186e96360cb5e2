/** Reads the site's author records: names and addresses by id, from one file or one file per author. */

import { readdir, stat } from "node:fs/promises";
import { dirname, extname, join, relative } from "node:path";
import { readFrontMatter } from "#content/front-matter/front-matter.ts";
import { readSource } from "#content/front-matter/source.ts";
import { parseToml } from "#formats/toml.ts";
import { parseYaml } from "#formats/yaml.ts";
import type { ReadRecord } from "./authors.ts";

export interface AuthorRecords {
  read: ReadRecord;
  /** The files with the records, absolute. */
  sources: readonly string[];
}

const nobody: AuthorRecords = { read: () => undefined, sources: [] };
const endings = [".yml", ".yaml", ".json", ".toml"];
/** A folder may contain one Markdown file for each author. */
const inFolder = [...endings, ".md", ".mdx"];
const maxFiles = 300;
const maxLevels = 5;
/** How long a result is used without checking the files again. */
const freshMs = 1_000;

/**
 * Searches `name` (`authors.yml`, or `_data/authors` for a folder or a file with any extension) in `dir` and its
 * parent folders up to `baseDir`. Changed files are read again. A missing or broken file has no records.
 */
export function openAuthorRecords(
  name: string | undefined,
  dir: string,
  baseDir: string,
): () => Promise<AuthorRecords> {
  if (name === undefined) return async () => nobody;
  let known: { mark: string; records: Promise<AuthorRecords> } | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (known && performance.now() - askedAt < freshMs) return known.records;
    askedAt = performance.now();
    const files = await filesOf(name, dir, baseDir);
    const mark = (await Promise.all(files.map(markOf))).join("\n");
    if (known?.mark !== mark) known = { mark, records: recordsOf(files) };
    return known.records;
  };
}

async function filesOf(name: string, dir: string, baseDir: string): Promise<string[]> {
  for (const folder of foldersUp(dir, baseDir)) {
    const path = join(folder, name);
    for (const candidate of extname(name) === "" ? [path, ...endings.map((ending) => path + ending)] : [path]) {
      const facts = await stat(candidate).catch(() => null);
      if (facts?.isFile()) return [candidate];
      if (!facts?.isDirectory()) continue;
      const entries = await readdir(candidate, { withFileTypes: true }).catch(() => []);
      const files = entries.filter((entry) => entry.isFile() && inFolder.includes(extname(entry.name)));
      if (files.length > 0)
        return files
          .slice(0, maxFiles)
          .map((entry) => join(candidate, entry.name))
          .sort();
    }
  }
  return [];
}

function foldersUp(dir: string, baseDir: string): string[] {
  const folders = [dir];
  for (let last = dir; folders.length < maxLevels; folders.push(last)) {
    if (last === baseDir || relative(baseDir, last).startsWith("..") || dirname(last) === last) break;
    last = dirname(last);
  }
  return folders;
}

async function markOf(file: string): Promise<string> {
  const facts = await stat(file).catch(() => null);
  return `${file} ${facts?.mtimeMs} ${facts?.size}`;
}

async function recordsOf(files: readonly string[]): Promise<AuthorRecords> {
  const byId = new Map<string, unknown>();
  for (const file of files) {
    const value = await parsedFile(file);
    if (typeof value !== "object" || value === null || Array.isArray(value)) continue;
    if (files.length === 1 && extname(file) !== ".md")
      for (const [id, record] of Object.entries(value)) if (isRecord(record)) byId.set(id, record);
    if (files.length > 1 || byId.size === 0) byId.set(file.replace(/^.*[/\\]|\.\w+$/g, ""), value);
  }
  return { read: (id) => byId.get(id), sources: files };
}

async function parsedFile(file: string): Promise<unknown> {
  const source = await readSource(file);
  if ("problem" in source) return null;
  try {
    if (/\.mdx?$/.test(file)) return readFrontMatter(source.text).data;
    return file.endsWith(".toml") ? parseToml(source.text).value : parseYaml(source.text).value;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
