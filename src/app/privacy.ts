/** Keeps the data folder from other users of the machine: it holds readers' addresses and the key that signs their links. */

import { existsSync, readdirSync } from "node:fs";
import { basename } from "node:path";
import type { Log } from "#core/log.ts";
import { keepPrivate, type PrivacyReport } from "#files/private.ts";

/** The files and folders that Postrider creates in a data folder. */
const ownNames = [".gitignore", "checks.json", "inbox", "outbox", "pg", "pg.new", "pictures", "run", "wire"];

/**
 * Removes other users' permissions from Postrider's files in the data folder, and from the folder itself. A folder
 * with another name that also contains other things, such as the blog, keeps its permissions.
 */
export function keepDataPrivate(dataDir: string): PrivacyReport {
  const isOwn =
    basename(dataDir) === ".postrider" ||
    (existsSync(dataDir) && readdirSync(dataDir).every((name) => ownNames.includes(name)));
  return keepPrivate(dataDir, isOwn ? undefined : ownNames);
}

/** Reports what other users could read, and what they still can. Reports nothing if everything was private. */
export function reportPrivacy(report: PrivacyReport, dataDir: string, log: Log): void {
  const { mended, unmended } = report;
  if (mended.length > 0)
    log.warn(
      `${dataDir}: other users of this machine could read ${mended.length} of the files and folders. Now only this user can.`,
    );
  if (unmended.length > 0) log.warn(unmendedSentence(unmended));
}

/** Files that could not be made private, and what to do. */
export function unmendedSentence([first, ...more]: readonly string[]): string {
  const others = more.length > 0 ? ` and ${more.length} more` : "";
  return `${first}${others} can't be made private. Another user owns it, or its file system has no permissions. Change the owner, or choose another folder with --data.`;
}
