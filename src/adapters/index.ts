/** Finds the adapters: every file in this folder, and the operator's own files. To add a network, add a file. */

import { readdir } from "node:fs/promises";
import { resolve } from "node:path";
import type { Adapter } from "#core/adapter.ts";
import { ConfigError } from "#core/errors.ts";
import { isOwn, loadOwn } from "./own/load.ts";

/**
 * By name; one of the operator's own by its path too, as `postrider.yaml` names it.
 * @param wanted - only these, as the libraries of some networks take long to load; all of ours where one isn't there, so that
 * whoever misspelt it can be told what there is. Default: all of ours.
 * @param baseDir - where relative paths begin. Default: the current folder.
 * @throws ConfigError for a file of the operator's that holds no adapter.
 * @throws TypeError when a file's default export is not the adapter that its name promises.
 */
export async function loadAdapters(
  wanted?: readonly string[],
  baseDir = process.cwd(),
): Promise<ReadonlyMap<string, Adapter>> {
  const all = (await readdir(import.meta.dirname)).filter(
    (file) => /\.(ts|js)$/.test(file) && !/\.d\.ts$/.test(file) && !/^index\./.test(file),
  );
  const known = new Set(all.map(nameOf));
  const named = wanted?.filter((name) => !isOwn(name));
  const files = named?.every((name) => known.has(name)) ? all.filter((file) => named.includes(nameOf(file))) : all;
  const adapters = await Promise.all(
    files.sort().map(async (file): Promise<[string, Adapter]> => {
      const name = nameOf(file);
      const { default: adapter } = (await import(new URL(file, import.meta.url).href)) as { default?: Adapter };
      if (adapter?.name !== name) throw new TypeError(`src/adapters/${file} must export an adapter named "${name}"`);
      return [name, adapter];
    }),
  );
  return new Map([...adapters, ...(await ownAdapters(wanted?.filter(isOwn) ?? [], baseDir, known))]);
}

/** Each by its path and by its name: the ledger knows it by the name, which stays when the file moves. */
async function ownAdapters(
  paths: readonly string[],
  baseDir: string,
  ours: ReadonlySet<string>,
): Promise<Map<string, Adapter>> {
  const own = new Map<string, Adapter>();
  for (const path of paths) {
    const file = resolve(baseDir, path);
    const { adapter } = await loadOwn(file);
    const { name } = adapter;
    if (ours.has(name) || own.has(name))
      throw new ConfigError(`There are two adapters named "${name}"`, {
        file,
        hint: "Choose another `name` for one of them.",
      });
    own.set(path, adapter).set(name, adapter);
  }
  return own;
}

function nameOf(file: string): string {
  return file.replace(/\.(ts|js)$/, "");
}
