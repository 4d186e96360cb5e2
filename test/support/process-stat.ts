/** What the kernel says of a process (proc(5)). */

import { readFileSync } from "node:fs";

/** The fields of `/proc/PID/stat` from the third one on, which is its state. @throws Error if there is no such process */
export function statFields(pid: number | string): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The second field is the name in brackets, which may contain anything.
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}
