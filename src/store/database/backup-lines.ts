/** Reads the lines of a backup: unpacked a piece at a time, and no line longer than a row can be. */

import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { PostriderError } from "#core/errors.ts";

export interface BackupLines extends AsyncDisposable {
  /** The next line that is not read yet; `null` at the end. */
  next(): Promise<string | null>;
}

/** In bytes. A row of the ledger is much shorter; a small packed file can contain a line of any length. */
const longestLine = 128 * 1024 * 1024;
const newline = 0x0a;

/** @throws PostriderError `invalid` for a line that is too long */
export function openBackupLines(file: string): BackupLines {
  const lines = linesOf(file);
  return {
    async next() {
      const { value, done } = await lines.next();
      return done ? null : value;
    },
    async [Symbol.asyncDispose]() {
      await lines.return();
    },
  };
}

async function* linesOf(file: string): AsyncGenerator<string, void> {
  const source = createReadStream(file);
  const input = source.pipe(createGunzip());
  source.on("error", (error) => input.destroy(error));
  try {
    let begun: Buffer[] = [];
    let size = 0;
    for await (const piece of input as AsyncIterable<Buffer>) {
      let from = 0;
      for (let at = piece.indexOf(newline); at >= 0; at = piece.indexOf(newline, from)) {
        yield textOf([...begun, piece.subarray(from, at)]);
        begun = [];
        size = 0;
        from = at + 1;
      }
      begun.push(piece.subarray(from));
      size += piece.length - from;
      if (size > longestLine)
        throw new PostriderError("invalid", "The backup has a line that is longer than a row can be", {
          file,
          hint: "Nothing was restored.",
        });
    }
    if (size > 0) yield textOf(begun);
  } finally {
    source.destroy();
    input.destroy();
  }
}

function textOf(pieces: readonly Buffer[]): string {
  return (pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces)).toString("utf8");
}
