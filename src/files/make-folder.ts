/** Creates a folder and its parents, and always ends, even if that is impossible. */

import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Does nothing if the folder exists. It does not use `mkdir` with `recursive`, which tries forever below a folder
 * that allows no others, such as `/proc` (Node 20 to 24).
 * @param mode - mode of new folders. Default: set by the process's umask.
 * @throws the system's error (`EACCES`, `ENOTDIR`, `ENOENT` below `/proc`)
 */
export function makeFolder(dir: string, mode = 0o777): void {
  const problem = tryToMake(dir, mode);
  if (problem?.code === "ENOENT" && dirname(dir) !== dir) {
    makeFolder(dirname(dir), mode);
    const again = tryToMake(dir, mode);
    if (again) throw again;
  } else if (problem) throw problem;
}

function tryToMake(dir: string, mode: number): NodeJS.ErrnoException | null {
  try {
    mkdirSync(dir, { mode });
  } catch (error) {
    const isThere = statSync(dir, { throwIfNoEntry: false })?.isDirectory();
    if (!isThere) return error as NodeJS.ErrnoException;
  }
  return null;
}
