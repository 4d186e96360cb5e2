/** Finds the adapters: every file beside this one. Adding a network is adding a file. */

import { readdir } from "node:fs/promises";
import type { Adapter } from "#core/adapter.ts";

/** By name. @throws TypeError when a file's default export is not the adapter that its name promises. */
export async function loadAdapters(): Promise<ReadonlyMap<string, Adapter>> {
  const files = (await readdir(import.meta.dirname)).filter(
    (file) => /\.(ts|js)$/.test(file) && !/\.d\.ts$/.test(file) && !/^index\./.test(file),
  );
  const adapters = await Promise.all(
    files.sort().map(async (file): Promise<[string, Adapter]> => {
      const name = file.replace(/\.(ts|js)$/, "");
      const { default: adapter } = (await import(new URL(file, import.meta.url).href)) as { default?: Adapter };
      if (adapter?.name !== name) throw new TypeError(`src/adapters/${file} must export an adapter named "${name}"`);
      return [name, adapter];
    }),
  );
  return new Map(adapters);
}
