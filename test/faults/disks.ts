/** Small disks that can be full: filesystems in memory, where we may mount one (as root). */

import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** @returns its folder, or null where we may not mount */
export function smallDisk(at: string, size: string): string | null {
  mkdirSync(at);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size},mode=0755`, "tmpfs", at], { stdio: "ignore" });
    return at;
  } catch {
    return null;
  }
}

export function removeDisk(disk: string | null): void {
  if (disk) execFileSync("umount", ["--lazy", disk]);
}

/** Full but for so many bytes, for a while. Room that others free meanwhile is filled again. */
export async function fill(disk: string, but: number, milliseconds: number): Promise<void> {
  const ballast = join(disk, "ballast");
  const { bavail, bsize } = statfsSync(disk);
  try {
    const room = Math.max(bavail * bsize - but, bsize);
    execFileSync("fallocate", ["--length", String(room), ballast], { stdio: "ignore" });
  } catch {
    // It was written to meanwhile, and is as full as it should be.
  }
  const until = performance.now() + milliseconds;
  while (performance.now() < until) {
    await sleep(20);
    const free = statfsSync(disk);
    if (free.bavail * free.bsize <= but) continue;
    try {
      appendFileSync(ballast, Buffer.alloc(Math.min(free.bavail * free.bsize - but, 1024 * 1024)));
    } catch {
      // Somebody was faster.
    }
  }
  rmSync(ballast, { force: true });
}
