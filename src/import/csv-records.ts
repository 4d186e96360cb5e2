/** Splits a CSV stream into records. */

import { CsvError } from "csv-parse";
import { parse } from "csv-parse/sync";
import { messageOf, PostriderError } from "#core/errors.ts";
import { type Broken, type SoundPiece, soundRecords } from "./sound-records.ts";

export interface CsvRecord {
  line: number;
  /** Without leading and trailing white space. */
  cells: string[];
}

const mostRecordBytes = 1024 * 1024;

export type Found = CsvRecord | { broken: Broken };

/**
 * Yields the records of about 256 KB at a time, in the order of their lines, because a promise for each of ten
 * million records would cost more than reading them. Empty lines are skipped.
 * @param bytes - UTF-8
 * @throws PostriderError if the file is not CSV
 */
export async function* csvRecords(
  bytes: AsyncIterable<Buffer>,
  separator: string,
  file: string,
): AsyncGenerator<Iterable<Found>, void> {
  const broken: Broken[] = [];
  for await (const piece of soundRecords(bytes, separator, (one) => void broken.push(one))) {
    const records = piece.quoted ? quotedRecords(piece, separator, file) : plainRecords(piece, separator);
    yield broken.length === 0 ? records : inOrder(records, broken.splice(0));
  }
  if (broken.length > 0) yield inOrder([], broken);
}

function inOrder(records: Iterable<CsvRecord>, broken: readonly Broken[]): Found[] {
  const lineOf = (found: Found): number => ("broken" in found ? found.broken.line : found.line);
  return [...records, ...broken.map((each) => ({ broken: each }))].sort((a, b) => lineOf(a) - lineOf(b));
}

/** Splits text without quotation marks, in which each record is one line. Yields one record at a time. */
function* plainRecords({ bytes, line }: SoundPiece, separator: string): Generator<CsvRecord, void> {
  const text = withoutMark(bytes, line).toString();
  const lines = text.split(text.includes("\r") ? /\r\n|\n|\r/ : "\n");
  for (const [index, row] of lines.entries())
    if (row.trim() !== "") yield { line: line + index, cells: row.split(separator).map(trimmed) };
}

const trimmed = (cell: string): string => cell.trim();

function quotedRecords({ bytes, line }: SoundPiece, separator: string, file: string): CsvRecord[] {
  try {
    const records = parse(withoutMark(bytes, line), {
      delimiter: separator,
      info: true,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: mostRecordBytes,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ line: line - 1 + info.lines, cells: record }));
  } catch (error) {
    const at = error instanceof CsvError && typeof error["lines"] === "number" ? line - 1 + error["lines"] : line;
    throw new PostriderError("invalid", `The file can't be read as CSV: ${messageOf(error)}`, {
      ...{ file, line: at, cause: error },
    });
  }
}

/** Only the beginning can have a byte order mark. */
function withoutMark(bytes: Buffer, line: number): Buffer {
  return line === 1 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}
