/** Creates a folder and its parents, and always ends, even if that is impossible. */

import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Does nothing where it is there. Not `mkdir` with `recursive`: below a folder that takes no others, such as `/proc`, that
 * tries for ever (Node 20 to 24).
 * @param mode - of the folders that are made. Default: what the process's umask leaves.
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
