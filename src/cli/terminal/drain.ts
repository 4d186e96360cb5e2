/** Waits until written output has left this process: a pipe with a slow reader may still hold some of it. */

import type { Writable } from "node:stream";

/** Resolves when everything written so far has left the process, or when nobody reads any more. */
export function drain(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || stream.errored) return resolve();
    stream.once("error", () => resolve());
    stream.once("close", () => resolve());
    // Writes end in order: when this one has ended, all earlier ones have ended.
    stream.write("", () => resolve());
  });
}
