/** Reads a site generator's files as data, in any format. A file that can't be read counts as empty. */

import { existsSync, realpathSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { readSource } from "#content/front-matter/source.ts";
import { readLiterals } from "#formats/js-literals.ts";
import { parseToml } from "#formats/toml.ts";
import { parseYaml } from "#formats/yaml.ts";

/** A configuration as data. */
export interface GeneratorFile {
  name: string;
  data: Readonly<Record<string, unknown>>;
  /** For a program: its literals by name. */
  constants: Readonly<Record<string, unknown>>;
}

/** `null` if there is no such file, or if it can't be read. @param name - relative to `dir` */
export async function readGeneratorFile(dir: string, name: string): Promise<GeneratorFile | null> {
  const path = join(dir, name);
  if (!existsSync(path)) return null;
  const source = await readSource(path);
  if ("problem" in source) return null;
  if (/\.(?:[cm]?[jt]s)$/.test(name)) {
    const imported = await importedData(source.text, dir, path);
    const { exported, constants } = readLiterals(source.text, (from) => imported.get(from));
    return { name, data: mapping(exported), constants };
  }
  return { name, data: mapping(parsed(source.text, name)), constants: {} };
}

export type Mapping = Readonly<Record<string, unknown>>;

export function mapping(value: unknown): Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Mapping) : {};
}

export function text(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

function parsed(source: string, name: string): unknown {
  try {
    return name.endsWith(".toml") ? parseToml(source).value : parseYaml(source).value;
  } catch {
    return null;
  }
}

/** The JSON files in the site's folder that a program names. */
async function importedData(source: string, dir: string, file: string): Promise<Map<string, unknown>> {
  const found = new Map<string, unknown>();
  for (const [, path = ""] of source.matchAll(/["'](\.[^"'\n]*\.json)["']/g)) {
    const target = resolve(dirname(file), path);
    if (!existsSync(target) || relative(realpathSync(dir), realpathSync(target)).startsWith("..")) continue;
    const read = await readSource(target);
    if (!("problem" in read)) found.set(path, parsed(read.text, target));
  }
  return found;
}
