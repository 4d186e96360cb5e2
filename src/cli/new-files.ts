/** Writes new files. Existing files are not changed. */

import { constants } from "node:fs";
import { copyFile, readdir, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { makeFolder } from "#files/make-folder.ts";
import { packageDir } from "#files/package.ts";

export interface Files {
  written: string[];
  kept: string[];
}

/** @param target - the folder. `copy` takes files or folders of the package. */
export function openWritten(target: string) {
  const files: Files = { written: [], kept: [] };
  const write = async (file: string, make: (to: string) => Promise<void>): Promise<void> => {
    const to = join(target, file);
    makeFolder(dirname(to));
    ((await isNew(() => make(to))) ? files.written : files.kept).push(file);
  };
  return {
    files,
    async copy(names: readonly string[]): Promise<void> {
      for (const file of (await Promise.all(names.map(filesOf))).flat())
        await write(file, (to) => copyFile(join(packageDir, file), to, constants.COPYFILE_EXCL));
    },
    text: (file: string, text: string) => write(file, (to) => writeFile(to, text, { flag: "wx" })),
  };
}

async function filesOf(part: string): Promise<string[]> {
  const path = join(packageDir, part);
  if (!(await stat(path)).isDirectory()) return [part];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.map((file) => file.slice(packageDir.length)).sort();
}

export function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Returns whether a file was written. An existing file is not changed. */
async function isNew(write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
