/** Files that are there whole or not at all, whatever happens while they are written. */

import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Writes beside the file, flushes to the disk, then renames: a reader sees the old bytes or the new ones. Folders are made.
 * A file that holds these bytes already is left alone, with its modification time. Returns whether it was written.
 * @throws the system's error (`ENOSPC`, `EACCES`); the old file is then as it was.
 */
export async function writeAtomic(file: string, content: string | Buffer): Promise<boolean> {
  const bytes = Buffer.from(content);
  const present = await readFile(file).catch(() => null);
  if (present?.equals(bytes)) return false;
  await mkdir(dirname(file), { recursive: true });
  const unfinished = `${file}.${randomUUID()}.part`;
  try {
    const handle = await open(unfinished, "wx");
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  return true;
}
