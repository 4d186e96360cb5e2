/**
 * Writes files with addresses or keys so that only the user who runs Postrider can read them, with any umask. On
 * Windows, its own access rules apply.
 */

import {
  chmodSync,
  closeSync,
  constants,
  createWriteStream,
  existsSync,
  fchmodSync,
  fstatSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readdirSync,
  type Stats,
  statSync,
  type WriteStream,
} from "node:fs";
import { join } from "node:path";
import { makeFolder } from "./make-folder.ts";

export const privateFolderMode = 0o700;
export const privateFileMode = 0o600;

/** The result of making a folder private. Paths are absolute. */
export interface PrivacyReport {
  /** Files that other users could access until now. */
  mended: string[];
  /** Files of another user, or on a file system without modes. They, and what is below them, are not changed. */
  unmended: string[];
  /** Symbolic links, which are not followed. */
  links: string[];
}

const othersMay = 0o077;
const isWindows = process.platform === "win32";

/**
 * Removes other users' permissions from a folder and everything in it. Does nothing if the folder does not exist.
 * @param dir - a symbolic link is followed, because the operator named it.
 * @param only - names in the folder. Default: the folder itself, and everything in it.
 */
export function keepPrivate(dir: string, only?: readonly string[]): PrivacyReport {
  const report: PrivacyReport = { mended: [], unmended: [], links: [] };
  if (isWindows || !existsSync(dir)) return report;
  if (only) for (const name of only) inspect(join(dir, name), lstatSync, report);
  else inspect(dir, statSync, report);
  return report;
}

/** From the top down: after a folder is private and ours, nobody can replace its content during the check. */
function inspect(path: string, factsOf: typeof lstatSync, report: PrivacyReport): void {
  const facts = factsOf(path, { throwIfNoEntry: false });
  if (!facts) return;
  if (facts.isSymbolicLink()) report.links.push(path);
  else if (!isOurs(facts) || !tighten(path, facts, report)) report.unmended.push(path);
  else if (facts.isDirectory()) for (const name of readdirSync(path)) inspect(join(path, name), lstatSync, report);
}

function tighten(path: string, { mode }: Stats, { mended }: PrivacyReport): boolean {
  if ((mode & othersMay) === 0) return true;
  try {
    chmodSync(path, mode & 0o700);
    if ((lstatSync(path).mode & othersMay) !== 0) return false;
    mended.push(path);
  } catch (error) {
    // The file was removed in the meantime: a running database creates and removes files all the time.
    return (error as NodeJS.ErrnoException).code === "ENOENT";
  }
  return true;
}

/**
 * Creates a private folder, or removes other users' permissions from an existing one.
 * @throws an error like the system's (`EPERM`) if it belongs to another user or is a symbolic link, and the system's
 * if it can't be created
 */
export function makePrivateFolder(dir: string): void {
  makeFolder(dir, privateFolderMode);
  if (isWindows) return;
  const facts = lstatSync(dir);
  if (!facts.isDirectory() || !isOurs(facts))
    throw notOurs(dir, "mkdir", "belongs to another user or is a symbolic link");
  if ((facts.mode & othersMay) !== 0) chmodSync(dir, facts.mode & 0o700);
}

/**
 * Opens a file for personal data that the operator named. An existing file is kept, without other users' permissions.
 * @throws an error like the system's (`EPERM`) if another user could read it, and the system's if it can't be opened
 */
export function openPrivateFile(file: string, flags = "w"): WriteStream {
  // The file is only emptied after it is known to be ours.
  const fd = openSync(file, flags === "w" ? constants.O_WRONLY | constants.O_CREAT : flags, privateFileMode);
  const facts = fstatSync(fd);
  // A pipe or a device, such as /dev/stdout, stores nothing.
  if (!isWindows && facts.isFile() && (facts.mode & othersMay) !== 0) {
    if (!isOurs(facts)) {
      closeSync(fd);
      throw notOurs(file, "open", "belongs to another user, who could read the data");
    }
    fchmodSync(fd, facts.mode & 0o700);
  }
  if (flags === "w" && facts.isFile()) ftruncateSync(fd);
  return createWriteStream(file, { fd });
}

function notOurs(path: string, syscall: string, why: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`EPERM: it ${why}`), { code: "EPERM", syscall, path });
}

function isOurs({ uid }: Stats): boolean {
  return uid === process.getuid?.();
}
