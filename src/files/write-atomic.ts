/** Writes a file completely or not at all, even if the process dies. */

import { randomUUID } from "node:crypto";
import { open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { makeFolder } from "./make-folder.ts";
import { privateFileMode, privateFolderMode } from "./private.ts";

/** No write takes this long. An older temporary file was left by a killed process. */
const leftMs = 3_600_000;

/**
 * Writes a new file next to the old one, flushes it to the disk, and renames it: a reader sees either the old or the
 * new bytes. Creates folders. A file that already has these bytes is not changed and keeps its modification time.
 * Returns whether it was written.
 * @param modifiedAt - the modification time to set. Default: now.
 * @throws the system's error (`ENOSPC`, `EACCES`); the old file is then unchanged.
 */
export async function writeAtomic(
  file: string,
  content: string | Buffer,
  modifiedAt?: Date,
  now = Date.now(),
): Promise<boolean> {
  return write(file, content, { folder: 0o777, file: 0o666 }, now, modifiedAt);
}

/** The same for a private file. @throws as `writeAtomic` */
export async function writePrivate(file: string, content: string | Buffer): Promise<boolean> {
  return write(file, content, { folder: privateFolderMode, file: privateFileMode }, Date.now());
}

/** @param modes - modes of new files and folders, reduced by the umask */
async function write(
  file: string,
  content: string | Buffer,
  modes: { folder: number; file: number },
  now: number,
  modifiedAt?: Date,
): Promise<boolean> {
  const bytes = Buffer.from(content);
  const present = await readFile(file).catch(() => null);
  if (present?.equals(bytes)) return false;
  makeFolder(dirname(file), modes.folder);
  // Hidden, so that an incomplete file is not served or copied.
  const unfinished = join(dirname(file), `${unfinishedStart(file)}${randomUUID()}${unfinishedEnd}`);
  try {
    const handle = await open(unfinished, "wx", modes.file);
    try {
      await handle.writeFile(bytes);
      if (modifiedAt) await handle.utimes(modifiedAt, modifiedAt);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  await removeLeft(file, now);
  return true;
}

/**
 * The same for a file that another program also writes: its mode and owner are kept, and changes by the other program
 * take precedence.
 * @param before - the bytes that were read. Returns whether the file still had them and was written.
 * @throws the system's error; the old file is then unchanged.
 */
export async function replaceAtomic(file: string, before: Buffer, after: Buffer): Promise<boolean> {
  const { mode, uid, gid } = await stat(file);
  const unfinished = `${file}.${randomUUID()}.part`;
  try {
    const handle = await open(unfinished, "wx", mode);
    try {
      await handle.writeFile(after);
      await handle.chmod(mode);
      // Only the superuser may change the owner. For other users this fails, or changes nothing.
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

const unfinishedEnd = ".part";

function unfinishedStart(file: string): string {
  return `.${basename(file)}.`;
}

/** Removes temporary files that killed processes left next to the file. */
async function removeLeft(file: string, now: number): Promise<void> {
  const dir = dirname(file);
  for (const name of await readdir(dir)) {
    if (!name.startsWith(unfinishedStart(file)) || !name.endsWith(unfinishedEnd)) continue;
    const facts = await stat(join(dir, name)).catch(() => null);
    if (facts && now - facts.ctimeMs > leftMs) await rm(join(dir, name), { force: true });
  }
}
