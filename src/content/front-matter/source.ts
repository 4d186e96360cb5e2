/** Reads a file as text, or reports why it can't: missing, too large or not text. */

import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { messageOf } from "#core/errors.ts";
import type { Diagnostic } from "#core/posts/diagnostic.ts";
import { finding } from "../rules.ts";

/** In bytes. The longest post among 8,098 surveyed ones has 172 KB. */
export const maxFileSize = 2_000_000;

/**
 * Reads a file as normalised text: no byte order mark, line feeds only. Synchronously inside, since the file is small and the
 * four ways through the thread pool take longer than reading it.
 */
export async function readSource(path: string): Promise<{ text: string } | { problem: Diagnostic }> {
  const refuse = (problem: Diagnostic) => ({ problem });
  let descriptor: number | undefined;
  try {
    // Without O_NONBLOCK, opening a named pipe would wait for its other side.
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const facts = fstatSync(descriptor);
    if (!facts.isFile())
      return refuse(finding("not-a-file", 1, "This is not a regular file; choose the Markdown file of a post"));
    if (facts.size > maxFileSize)
      return refuse(finding("file-too-big", 1, `The file has ${facts.size} bytes; the limit is ${maxFileSize}`));
    return decode(readFileSync(descriptor));
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR")
      return refuse(finding("missing-file", 1, "There is no such file; check the path"));
    return refuse(
      finding("unreadable-file", 1, `The file can't be read (${code ?? messageOf(cause)}); check its permissions`),
    );
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** SHA-256 in hex. White space at the end of the file does not count. */
export function revisionOf(text: string): string {
  return createHash("sha256").update(text.trimEnd()).digest("hex");
}

/** Decodes bytes to normalised text. UTF-8 only, because a wrongly guessed encoding would be sent to readers. */
export function decode(bytes: Uint8Array): { text: string } | { problem: Diagnostic } {
  const text = (() => {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      return null;
    }
  })();
  if (text === null || text.includes("\0"))
    return { problem: finding("not-text", 1, "The file is not UTF-8 text; save it as UTF-8") };
  const normal = text.replace(/\r\n?/g, "\n");
  if (normal.trim() === "")
    return { problem: finding("empty-file", 1, "The file is empty; write a title, a date and a text") };
  return { text: normal };
}
