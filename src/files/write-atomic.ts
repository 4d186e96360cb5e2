/** Files that are there whole or not at all, whatever happens while they are written. */

import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
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

/**
 * The same for a file that somebody else writes, too: it keeps its mode and owner, and what they wrote meanwhile wins.
 * @param before - what was read. Returns whether it was still that, and so was written.
 * @throws the system's error; the old file is then as it was.
 */
export async function replaceAtomic(file: string, before: Buffer, after: Buffer): Promise<boolean> {
  const { mode, uid, gid } = await stat(file);
  const unfinished = `${file}.${randomUUID()}.part`;
  try {
    const handle = await open(unfinished, "wx", mode);
    try {
      await handle.writeFile(after);
      await handle.chmod(mode);
      // Only the superuser may give a file away; for anybody else it is theirs already, or can't be.
      await handle.chown(uid, gid).catch(() => undefined);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (!before.equals(await readFile(file))) return false;
    await rename(unfinished, file);
    return true;
  } finally {
    await rm(unfinished, { force: true });
  }
}
