/** Distinguishes a process from another one with the same number: after a crash, a reboot, or in another container. */

import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

export interface ProcessIdentity {
  host: string;
  pid: number;
  /** Changes with each start of the machine; empty if the system has no such id. */
  boot: string;
  /** Containers have process numbers of their own. */
  namespace: string;
  /** The start time of the process, in clock ticks since boot. It differs if a process number is used again. */
  start: string;
}

export function thisProcess(): ProcessIdentity {
  return { host: hostname(), pid: process.pid, boot: bootId(), namespace: pidNamespace(), start: startOf(process.pid) };
}

/** `undefined` if this can't be checked from here: another machine, or another container. */
export function isAlive(identity: ProcessIdentity): boolean | undefined {
  const self = thisProcess();
  if (identity.boot !== self.boot) return identity.host === self.host ? false : undefined;
  if (identity.host !== self.host || identity.namespace !== self.namespace) return undefined;
  try {
    process.kill(identity.pid, 0);
  } catch (error) {
    // EPERM: the process exists and belongs to another user.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return startOf(identity.pid) === identity.start;
}

function bootId(): string {
  return read("/proc/sys/kernel/random/boot_id").trim();
}

function pidNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}

/** Field 22 of /proc/PID/stat (proc(5)); the name in field 2 may hold spaces and brackets. */
function startOf(pid: number): string {
  const stat = read(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // Not Linux, or the process has ended: there is nothing to compare.
    return "";
  }
}
