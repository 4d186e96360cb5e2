/** Stores the result of checking a file until the file, or another file that affects the result, changes. */

import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { writePrivate } from "#files/write-atomic.ts";

export interface Checked<T> {
  /** Plain data. */
  value: T;
  /** Other files that had a say, absolute. */
  sources?: readonly string[] | undefined;
  /** When the result is out of date by itself, as an ISO date. */
  changesAt?: string | undefined;
}

export interface CheckCache<T> {
  /** What is known of the file, or what `check` finds. */
  through(path: string, check: () => Promise<Checked<T>>): Promise<T>;
  /** How many results came from the cache. */
  readonly hits: number;
  /** Writes what is known. After a run over everything, what was not used belongs to files that are gone. */
  save(options: { complete: boolean }): Promise<void>;
}

interface Mark {
  path: string;
  /** Size, time and inode: a file with the same ones isn't read. */
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

/** A file that changed in the moment of writing may change once more without another time. */
const racyMs = 2_000;

/**
 * Opens the cache in `file`. Whatever was found under another `fingerprint` (configuration, templates, version) is forgotten.
 * A cache that can't be read is empty: it saves time, and nothing else depends on it.
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
      // Before the file is read: a change in between is then noticed in the next run.
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
 * A file that isn't there has no facts. Asked for synchronously, as for thousands of small files one after the other the ways
 * through the thread pool would take longer than the work.
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

/** A folder, or a file that may not be read, has none. */
function bytesOf(path: string): Uint8Array | string {
  try {
    return readFileSync(path);
  } catch {
    return "";
  }
}
