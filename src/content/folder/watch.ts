/** Watches a folder of posts and reports each changed file once, after writing has finished. */

import { type FSWatcher, watch } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { PostriderError } from "#core/errors.ts";

export interface Change {
  /** Absolute. */
  path: string;
  /** Whether the file exists. If not, it was removed or renamed. */
  exists: boolean;
}

export interface WatchOptions {
  /** File extensions of posts, in lower case: `.md`. */
  extensions: readonly string[];
  /** How long a file must be unchanged before its change is reported, in milliseconds. Default: 300. */
  quietMs?: number;
  /** Called with simultaneous changes, sorted by path. Its errors are passed to `onError` and stop nothing. */
  onChange: (changes: readonly Change[]) => void | Promise<void>;
  onError: (error: Error) => void;
}

/**
 * Watches `dir` with all its folders, also new ones, until disposed. Editors write a file in several steps, or rename
 * another file, so changes are reported after a moment without changes. Hidden files and files with other extensions
 * are ignored. Throws `PostriderError` if the folder does not exist.
 */
export async function watchPosts(
  dir: string,
  { extensions, quietMs = 300, onChange, onError }: WatchOptions,
): Promise<AsyncDisposable> {
  const pending = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let telling: Promise<void> = Promise.resolve();
  let isClosed = false;

  const tell = async (paths: readonly string[]): Promise<void> => {
    const changes = await Promise.all(
      paths.map(async (path): Promise<Change> => ({ path, exists: await isFile(path) })),
    );
    if (isClosed) return;
    try {
      await onChange(changes);
    } catch (error) {
      onError(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const flush = (): void => {
    const paths = [...pending].sort();
    pending.clear();
    // One at a time, so that two changes of a file are reported in order.
    telling = telling.then(() => tell(paths));
  };
  const note = (name: string | null): void => {
    if (name === null || !counts(name, extensions)) return;
    pending.add(join(dir, name));
    clearTimeout(timer);
    timer = setTimeout(flush, quietMs);
  };

  const watcher = await open(dir);
  watcher.on("change", (_, name) => note(name === null ? null : String(name)));
  watcher.on("error", onError);
  return {
    async [Symbol.asyncDispose]() {
      isClosed = true;
      clearTimeout(timer);
      watcher.close();
      await telling;
    },
  };
}

async function open(dir: string): Promise<FSWatcher> {
  try {
    await stat(dir);
    return watch(dir, { recursive: true, persistent: true });
  } catch (cause) {
    throw new PostriderError("not_found", `The content folder ${dir} can't be watched`, {
      hint: "Set content.dir in postrider.yaml to the folder that holds your posts",
      cause,
    });
  }
}

function counts(name: string, extensions: readonly string[]): boolean {
  const hidden = name.split(/[/\\]/).some((part) => part.startsWith("."));
  const file = basename(name).toLowerCase();
  return !hidden && !file.endsWith("~") && extensions.some((ending) => file.endsWith(ending));
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isFile(),
    () => false,
  );
}
