/** Finds out since when a post's file has existed, from the file system or git, independent of its front matter. */

import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import type { DatedPost } from "#core/posts/post.ts";

/** Reading a history of ten years takes much less. */
const patienceMs = 3_000;

/** See `Content.knownSince`. @param dir - the folder of the posts. @param baseDir - where the path of a post outside of it starts. */
export const openKnownSince =
  (dir: string, baseDir: string) =>
  ({ fileName, path = "" }: DatedPost): Promise<Date | null> =>
    knownSince(fileName === undefined ? resolve(baseDir, path) : join(dir, fileName));

/** The earliest time at which the file is known to have existed; `null` if unknown. */
export async function knownSince(file: string): Promise<Date | null> {
  const times = [...(await fileTimes(file)), ...(await commitTimes(file))].filter((time) => time > 0);
  return times.length > 0 ? new Date(Math.min(...times)) : null;
}

/** A copied file keeps its modification time, and an edited file its creation time. 0: the file system has no creation time. */
async function fileTimes(file: string): Promise<number[]> {
  return stat(file).then(
    ({ birthtimeMs, mtimeMs }) => [birthtimeMs, mtimeMs],
    () => [],
  );
}

/** When this path was added, by the author date, which a rewritten history keeps. Empty without Git or a clone. */
async function commitTimes(file: string): Promise<number[]> {
  // Git must not fetch missing objects of a partial clone, check signatures, or treat names as patterns.
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
