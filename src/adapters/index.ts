/** Finds the adapters: every file beside this one. Adding a network is adding a file. */

import { readdir } from "node:fs/promises";
import type { Adapter } from "#core/adapter.ts";

/**
 * By name.
 * @param wanted - only these, as the libraries of some networks take long to load; all of them where one isn't there, so that
 * whoever misspelt it can be told what there is. Default: all.
 * @throws TypeError when a file's default export is not the adapter that its name promises.
 */
export async function loadAdapters(wanted?: readonly string[]): Promise<ReadonlyMap<string, Adapter>> {
  const all = (await readdir(import.meta.dirname)).filter(
    (file) => /\.(ts|js)$/.test(file) && !/\.d\.ts$/.test(file) && !/^index\./.test(file),
  );
  const known = new Set(all.map(nameOf));
  const files = wanted?.every((name) => known.has(name)) ? all.filter((file) => wanted.includes(nameOf(file))) : all;
  const adapters = await Promise.all(
    files.sort().map(async (file): Promise<[string, Adapter]> => {
      const name = nameOf(file);
      const { default: adapter } = (await import(new URL(file, import.meta.url).href)) as { default?: Adapter };
      if (adapter?.name !== name) throw new TypeError(`src/adapters/${file} must export an adapter named "${name}"`);
      return [name, adapter];
    }),
  );
  return new Map(adapters);
}

function nameOf(file: string): string {
  return file.replace(/\.(ts|js)$/, "");
}
