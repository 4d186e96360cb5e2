/** Opens a CSV file, and detects its encoding and separator. */

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { PostriderError } from "#core/errors.ts";

export interface Dialect {
  encoding: string;
  separator: string;
}

export interface Source extends Dialect {
  /** Hash of its bytes, in hex. */
  digest: string;
  /** Line ends: about as many as rows. */
  lines: number;
}

export const separators: Readonly<Record<string, string>> = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar" };

const sampleBytes = 64 * 1024;

/** Reads the file once, from beginning to end. @throws PostriderError for a file that is not there, or not of this encoding */
export async function detectSource(file: string, given: Partial<Dialect>): Promise<Source> {
  const sample = await beginningOf(file);
  const marked = given.encoding ?? markedEncoding(sample);
  const { digest, isUtf8, lines } = await readThrough(file, marked === undefined);
  const encoding = marked ?? (isUtf8 ? "utf-8" : "windows-1252");
  return { encoding, separator: given.separator ?? separatorOf(decoded(sample, encoding)), digest, lines };
}

async function beginningOf(file: string): Promise<Buffer> {
  const handle = await open(file).catch((cause: unknown) => {
    throw new PostriderError("not_found", `The file ${file} can't be read`, { file, cause });
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Detected by the byte order mark. Without one, UTF-16 text that is mostly ASCII has a zero in every second byte. */
function markedEncoding(sample: Buffer): string | undefined {
  if (sample[0] === 0xff && sample[1] === 0xfe) return "utf-16le";
  if (sample[0] === 0xfe && sample[1] === 0xff) return "utf-16be";
  if (sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf) return "utf-8";
  const start = [...sample.subarray(0, 1_000)];
  const few = start.length / 5;
  const even = start.filter((byte, index) => byte === 0 && index % 2 === 0).length;
  const odd = start.filter((byte, index) => byte === 0 && index % 2 === 1).length;
  if (odd > few && even < odd / 10) return "utf-16le";
  return even > few && odd < even / 10 ? "utf-16be" : undefined;
}

/** One invalid byte sequence means that the file is not UTF-8. The whole file is read, because the beginning may contain only ASCII. */
async function readThrough(
  file: string,
  validate: boolean,
): Promise<{ digest: string; isUtf8: boolean; lines: number }> {
  const hash = createHash("sha256");
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let isUtf8 = validate;
  let lines = 0;
  const check = (chunk?: Buffer): void => {
    try {
      decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      isUtf8 = false;
    }
  };
  for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 })) {
    hash.update(chunk as Buffer);
    for (let at = (chunk as Buffer).indexOf(10); at >= 0; at = (chunk as Buffer).indexOf(10, at + 1)) lines++;
    if (isUtf8) check(chunk as Buffer);
  }
  if (isUtf8) check();
  return { digest: hash.digest("hex"), isUtf8, lines };
}

function decoded(sample: Buffer, encoding: string): string {
  try {
    return new TextDecoder(encoding).decode(sample);
  } catch (cause) {
    throw new PostriderError("invalid", `Unknown encoding "${encoding}"`, {
      hint: "Use for example utf-8, utf-16le, windows-1252 or iso-8859-2.",
      cause,
    });
  }
}

function separatorOf(text: string): string {
  const header = (/^[^\r\n]*/.exec(text)?.[0] ?? "").replace(/"[^"]*"/g, "");
  const count = (separator: string): number => header.split(separator).length;
  return Object.keys(separators).reduce((best, next) => (count(next) > count(best) ? next : best));
}
