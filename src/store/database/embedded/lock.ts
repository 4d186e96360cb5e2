/** Locks a data folder for one process: PGlite takes no lock, and two of them in one folder destroy it. */

import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive, type ProcessIdentity, thisProcess } from "./process-identity.ts";

export interface FolderLock {
  release(): void;
}

export interface LockHolder {
  identity: ProcessIdentity;
  nonce: string;
}

/** A take-over is a few file operations. If one lasts longer than this, its process was killed. */
const takeOverMs = 5_000;

/** Takes the lock, or returns its holder. The lock of a dead process is taken over, by exactly one process. */
export function tryLock(dir: string): FolderLock | LockHolder {
  const file = join(dir, "lock");
  const mine: LockHolder = { identity: thisProcess(), nonce: randomUUID() };
  if (create(file, mine)) return held(file, mine);
  const holder = read(file);
  if (holder && isAlive(holder.identity) !== false) return holder;
  return takeOver(dir, file, mine) ?? read(file) ?? mine;
}

/** For a holder that can't be checked from here, for instance in another container, when its socket has not answered for a long time. */
export function breakLock(dir: string, holder: LockHolder): void {
  const file = join(dir, "lock");
  withMutex(dir, () => {
    if (read(file)?.nonce === holder.nonce) rmSync(file, { force: true });
  });
}

export function isLock(result: FolderLock | LockHolder): result is FolderLock {
  return "release" in result;
}

/** Protected by a second, short-lived lock. It is a folder, because creating a folder is atomic. */
function takeOver(dir: string, file: string, mine: LockHolder): FolderLock | null {
  return withMutex(dir, () => {
    const holder = read(file);
    if (holder && isAlive(holder.identity) !== false) return null;
    rmSync(file, { force: true });
    return create(file, mine) ? held(file, mine) : null;
  });
}

function withMutex<T>(dir: string, work: () => T): T | null {
  const mutex = join(dir, "lock.takeover");
  try {
    mkdirSync(mutex);
  } catch {
    if (age(mutex) > takeOverMs) rmdir(mutex);
    return null;
  }
  try {
    return work();
  } finally {
    rmdir(mutex);
  }
}

/** Creates the file with its content in one step: a link to a file that was written before. */
function create(file: string, holder: LockHolder): boolean {
  const draft = `${file}.${holder.nonce}`;
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function held(file: string, mine: LockHolder): FolderLock {
  return {
    release() {
      if (read(file)?.nonce === mine.nonce) rmSync(file, { force: true });
    },
  };
}

function read(file: string): LockHolder | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as LockHolder;
  } catch {
    return null;
  }
}

function age(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

function rmdir(path: string): void {
  try {
    rmdirSync(path);
  } catch {
    // Another process was faster.
  }
}
