/** Reads a CSV of subscribers as a stream: bad rows are told with their line, the rest goes in. */

import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { CsvError, parse } from "csv-parse";
import { messageOf, PostriderError } from "#core/errors.ts";
import type { SubscriberBook } from "#core/ports.ts";
import { addressProblem, type NewSubscriber, normalizeAddress } from "#core/subscriber.ts";

export interface ImportResult {
  added: number;
  /** On the list already, in whatever state. */
  known: number;
  /** Rows with the address of an earlier row. */
  duplicates: number;
  rejected: { line: number; reason: string }[];
}

const addressColumns = ["address", "email", "e-mail", "email address", "e-mail address", "mail", "email_address"];
const nameColumns = ["name", "full name", "full_name", "fullname"];
const atOnce = 1_000;

/** @param onProgress - called with the number of rows read. @throws PostriderError when the file is no CSV with an address column. */
export async function importSubscribers(
  file: string,
  list: string,
  book: SubscriberBook,
  onProgress: (rows: number) => void,
): Promise<ImportResult> {
  const result: ImportResult = { added: 0, known: 0, duplicates: 0, rejected: [] };
  const source = `import:${basename(file)}`;
  const seen = new Set<string>();
  let people: NewSubscriber[] = [];
  let read = 0;
  const flush = async (): Promise<void> => {
    if (people.length === 0) return;
    const { added, known } = await book.add(people, { list, source });
    result.added += added;
    result.known += known;
    people = [];
    onProgress(read);
  };
  for await (const { record, info } of rows(file)) {
    read++;
    const address = record.address.trim();
    const problem = addressProblem(address);
    const normalized = normalizeAddress(address);
    // The address stays out of the message: it is personal, and the line says where it is.
    if (problem) result.rejected.push({ line: info.lines, reason: problem });
    else if (seen.has(normalized)) result.duplicates++;
    else {
      seen.add(normalized);
      people.push({ address, ...(record.name && { name: record.name }) });
      if (people.length === atOnce) await flush();
    }
  }
  await flush();
  return result;
}

interface Row {
  record: { address: string; name: string };
  info: { lines: number };
}

async function* rows(file: string): AsyncGenerator<Row, void> {
  const parser = createReadStream(file).pipe(
    parse({
      bom: true,
      columns: columnsOf(file),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }),
  );
  try {
    for await (const row of parser as AsyncIterable<Row>)
      yield { record: { address: row.record.address ?? "", name: row.record.name ?? "" }, info: row.info };
  } catch (error) {
    if (error instanceof PostriderError) throw error;
    const line = error instanceof CsvError && typeof error["lines"] === "number" ? error["lines"] : undefined;
    throw new PostriderError("invalid", `The file can't be read as CSV: ${messageOf(error)}`, {
      file,
      ...(line && { line }),
      cause: error,
    });
  }
}

/** Finds the address and name columns by their usual titles; others are left out. */
function columnsOf(file: string): (header: string[]) => (string | false)[] {
  return (header) => {
    const titles = header.map((title) => title.trim().toLowerCase());
    const address = titles.findIndex((title) => addressColumns.includes(title));
    const name = titles.findIndex((title) => nameColumns.includes(title));
    if (address < 0)
      throw new PostriderError("invalid", "No column holds the addresses", {
        file,
        line: 1,
        hint: `The first line must name one of its columns "email" or "address"; it has ${header.map((title) => `"${title}"`).join(", ")}.`,
      });
    return titles.map((_, index) => (index === address ? "address" : index === name && "name"));
  };
}
