/** Finds out since when a post's file has existed, from the file system or git, independent of its front matter. */

import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import type { DatedPost } from "#core/posts/post.ts";

/** A history of ten years is read in far less. */
const patienceMs = 3_000;

/** See `Content.knownSince`. @param dir - of the posts. @param baseDir - what the path of a post outside it begins at. */
export const openKnownSince =
  (dir: string, baseDir: string) =>
  ({ fileName, path = "" }: DatedPost): Promise<Date | null> =>
    knownSince(fileName === undefined ? resolve(baseDir, path) : join(dir, fileName));

/** The earliest time at which the file is proved to have been there; `null`: nothing proves any. */
export async function knownSince(file: string): Promise<Date | null> {
  const times = [...(await fileTimes(file)), ...(await commitTimes(file))].filter((time) => time > 0);
  return times.length > 0 ? new Date(Math.min(...times)) : null;
}

/** A copy keeps the time of its last change, and a file that is edited that of its making. 0: the file system keeps none. */
async function fileTimes(file: string): Promise<number[]> {
  return stat(file).then(
    ({ birthtimeMs, mtimeMs }) => [birthtimeMs, mtimeMs],
    () => [],
  );
}

/** When this path was added, by the authors' clocks: a rewritten history keeps those. Without Git, or a clone, never. */
async function commitTimes(file: string): Promise<number[]> {
  // Nothing may be fetched that a partial clone lacks, no signature checked, no name taken for a pattern.
  const settings = ["-c", "protocol.allow=never", "-c", "log.showSignature=false", "-c", "core.fsmonitor=false"];
  const asked = ["--literal-pathspecs", "log", "--diff-filter=A", "--format=%at", "--", basename(file)];
  try {
    const { stdout } = await promisify(execFile)("git", [...settings, ...asked], {
      cwd: dirname(file),
      timeout: patienceMs,
      killSignal: "SIGKILL",
    });
    return stdout
      .split("\n")
      .filter(Boolean)
      .map((seconds) => Number(seconds) * 1000);
  } catch {
    return [];
  }
}
