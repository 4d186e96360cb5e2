/** Every act of the desk, found by reading its folder, so that no list of acts can be incomplete. */

import { globSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Act } from "#desk/act.ts";

const root = join(import.meta.dirname, "../../src/desk");

function isAct(value: unknown): value is Act {
  return typeof value === "object" && value !== null && ["asks", "run", "document"].every((key) => key in value);
}

/** By the names of their exports. */
export async function actsOfTheDesk(): Promise<Map<string, Act>> {
  const acts = new Map<string, Act>();
  for (const file of globSync("**/*.ts", { cwd: root }).sort()) {
    const module = (await import(pathToFileURL(join(root, file)).href)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(module)) if (isAct(value)) acts.set(name, value);
  }
  return acts;
}
