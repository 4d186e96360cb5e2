/** Reads standard input. */

import { PostriderError } from "#core/errors.ts";

const mostBytes = 64 * 1024 * 1024;

/** @throws PostriderError `invalid` for more than 64 MB */
export async function standardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) throw new PostriderError("invalid", "The input is larger than 64 MB");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
