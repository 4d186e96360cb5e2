/** Waits for a slow reader: what is written to a pipe is still in this process until the other side has read it. */

import type { Writable } from "node:stream";

/** Resolves when everything written so far has left the process, or when nobody reads any more. */
export function drain(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || stream.errored) return resolve();
    stream.once("error", () => resolve());
    stream.once("close", () => resolve());
    // Writes end in order: when this one has, so have those before it.
    stream.write("", () => resolve());
  });
}
