/** Stores the result of checking a file until the file, or another file that affects the result, changes. */

import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { writePrivate } from "#files/write-atomic.ts";

export interface Checked<T> {
  /** Plain data. */
  value: T;
  /** Other files that affect the result, absolute paths. */
  sources?: readonly string[] | undefined;
  /** When the result becomes out of date with time, as an ISO date. */
  changesAt?: string | undefined;
}

export interface CheckCache<T> {
  /** The cached result, or the result of `check`. */
  through(path: string, check: () => Promise<Checked<T>>): Promise<T>;
  /** How many results came from the cache. */
  readonly hits: number;
  /** Saves the cache. After a complete run, unused entries belong to files that no longer exist. */
  save(options: { complete: boolean }): Promise<void>;
}

interface Mark {
  path: string;
  /** Size, time and inode. A file with the same values isn't read again. */
  facts: string;
  modifiedAt: number;
  hash: string;
}

interface Entry<T> {
  marks: Mark[];
  changesAt?: string;
  value: T;
}

interface Stored<T> {
  fingerprint: string;
  writtenAt: number;
  entries: [string, Entry<T>][];
}

/** A file that was just changed may change again with the same modification time. */
const racyMs = 2_000;

/**
 * Opens the cache in `file`. Results with another `fingerprint` (configuration, templates, version) are ignored. An
 * unreadable cache counts as empty.
 */
export async function openCheckCache<T>(file: string, fingerprint: string, now: () => Date): Promise<CheckCache<T>> {
  const stored = await load<T>(file);
  const known = new Map(stored?.fingerprint === fingerprint ? stored.entries : []);
  const used = new Map<string, Entry<T>>();
  let hits = 0;
  let isNew = known.size === 0;

  const unchanged = (mark: Mark): Mark | null => {
    const facts = factsOf(mark.path);
    if (facts.facts === mark.facts && mark.modifiedAt < (stored?.writtenAt ?? 0) - racyMs) return mark;
    isNew = true;
    const current = markOf(mark.path);
    return current.hash === mark.hash ? current : null;
  };
  const find = (path: string): Entry<T> | null => {
    const entry = known.get(path);
    if (!entry || (entry.changesAt !== undefined && entry.changesAt <= now().toISOString())) return null;
    const marks: Mark[] = [];
    for (const mark of entry.marks) {
      const current = unchanged(mark);
      if (!current) return null;
      marks.push(current);
    }
    return { ...entry, marks };
  };

  return {
    get hits() {
      return hits;
    },
    async through(path, check) {
      const found = find(path);
      if (found) {
        hits++;
        used.set(path, found);
        return found.value;
      }
      isNew = true;
      // Taken before the file is read, so that the next run notices a change in between.
      const own = markOf(path);
      const { value, sources = [], changesAt } = await check();
      const marks = [own, ...sources.map(markOf)];
      used.set(path, { marks, ...(changesAt && { changesAt }), value });
      return value;
    },
    async save({ complete }) {
      if (!isNew && (!complete || used.size === known.size)) return;
      const entries = complete ? used : new Map([...known, ...used]);
      const all: Stored<T> = { fingerprint, writtenAt: now().getTime(), entries: [...entries] };
      await writePrivate(file, JSON.stringify(all));
    },
  };
}

async function load<T>(file: string): Promise<Stored<T> | null> {
  try {
    const stored = JSON.parse(await readFile(file, "utf8")) as Stored<T>;
    return Array.isArray(stored.entries) ? stored : null;
  } catch {
    return null;
  }
}

/**
 * A missing file has no facts. The calls are synchronous, because for thousands of small files the thread pool would
 * take longer than the work.
 */
function factsOf(path: string): Pick<Mark, "facts" | "modifiedAt"> {
  const facts = statSync(path, { throwIfNoEntry: false });
  return { facts: facts ? `${facts.size} ${facts.mtimeMs} ${facts.ino}` : "", modifiedAt: facts?.mtimeMs ?? 0 };
}

function markOf(path: string): Mark {
  const facts = factsOf(path);
  const bytes = facts.facts === "" ? "" : bytesOf(path);
  return { path, ...facts, hash: createHash("sha256").update(bytes).digest("hex") };
}

/** A folder, or a file that can't be read, has none. */
function bytesOf(path: string): Uint8Array | string {
  try {
    return readFileSync(path);
  } catch {
    return "";
  }
}
