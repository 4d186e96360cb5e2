/** Keeps the data folder from other users of the machine: it holds readers' addresses and the key that signs their links. */

import { isAbsolute, relative, sep } from "node:path";
import type { Configuration } from "#config/site.ts";
import type { Log } from "#core/log.ts";
import { keepPrivate, type PrivacyReport } from "#files/private.ts";

/** What a data folder holds, where it is also the folder of something else. */
const ownNames = [".gitignore", "checks.json", "pg", "pg.new", "pictures", "run", "wire"];

/** Takes the rights of all other users from the data folder. */
export function keepDataPrivate({ dir, content }: Configuration, dataDir: string): PrivacyReport {
  // With `--data .` it holds the blog, too, which a web server may have to read.
  const isShared = [dir, content.dir].some((other) => isWithin(other, dataDir));
  return keepPrivate(dataDir, isShared ? ownNames : undefined);
}

/** Reports what was open to others and what still is. Nothing where all was well. */
export function reportPrivacy(report: PrivacyReport, dataDir: string, log: Log): void {
  const { mended, unmended } = report;
  if (mended.length > 0)
    log.warn(
      `${dataDir}: other users of this machine could read ${mended.length} of the files and folders. Now only this user can.`,
    );
  if (unmended.length > 0) log.warn(unmendedSentence(unmended));
}

/** What could not be made private, and what to do. */
export function unmendedSentence([first, ...more]: readonly string[]): string {
  const others = more.length > 0 ? ` and ${more.length} more` : "";
  return `${first}${others} can't be made private: another user owns it, or its file system has no permissions. Change the owner, or choose another folder with --data.`;
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
