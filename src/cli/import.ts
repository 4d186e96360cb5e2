/** Reads a CSV of subscribers as a stream, in memory that doesn't grow with it: bad rows are told with their line, the rest goes in. */

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { CsvError, parse } from "csv-parse";
import { messageOf, PostriderError } from "#core/errors.ts";
import type { ImportedState, ImportOptions, ImportRow, ImportRun } from "#core/import.ts";
import { addressProblem } from "#core/subscriber.ts";
import { type Dialect, detectDialect, type Preset, presets } from "./import-source.ts";

export interface ImportResult {
  added: number;
  /** On the list already, in whatever state. */
  known: number;
  /** Rows with the address of an earlier row. */
  duplicates: number;
  rejectedRows: number;
  /** The first of them. */
  rejected: Rejected[];
  /** Rows that an earlier, interrupted run had taken in. */
  resumedAfter?: number;
}

export interface Rejected {
  line: number;
  reason: string;
}

export interface ImportSettings {
  list: string;
  /** Where these people agreed. Default: the file's name. */
  consent?: string;
  /** Whose export it is. Default `plain`. */
  preset?: string;
  /** Titles of columns, where they are not among the usual ones. */
  address?: string;
  name?: string;
  /** Titles of further columns to keep, parted by commas. */
  attributes?: string;
  separator?: string;
  encoding?: string;
}

export interface ImportPorts {
  /** Absent: nothing is written. */
  open?(options: ImportOptions): Promise<ImportRun>;
  /** Every row that was left out. Awaited, so that it can be written to a file. */
  reject(rejected: Rejected): unknown;
  /** Called with the number of rows read. */
  progress(rows: number): void;
}

const shareRows = 20_000;
const mostListed = 1_000;

/** @throws PostriderError when the file is no CSV with an address column. */
export async function importSubscribers(
  file: string,
  settings: ImportSettings,
  { open, reject, progress }: ImportPorts,
): Promise<ImportResult> {
  const preset = presets[settings.preset ?? "plain"] ?? unknownPreset(settings.preset);
  const dialect = { ...(await detectDialect(file)), ...given(settings) };
  const source = settings.consent ?? `import:${basename(file)}`;
  const run = await open?.({ list: settings.list, source, digest: await digestOf(file, settings) });
  const result: ImportResult = { added: 0, known: 0, duplicates: 0, rejectedRows: 0, rejected: [] };
  if (run?.rowsDone) result.resumedAfter = run.rowsDone;
  let share: ImportRow[] = [];
  let read = 0;
  const leaveOut = async (left: Rejected): Promise<void> => {
    await reject(left);
  };
  const flush = async (): Promise<void> => {
    if (run && share.length > 0) {
      const { added, known, duplicates } = await run.write(share, read);
      result.added += added;
      result.known += known;
      result.duplicates += duplicates.length;
      for (const line of duplicates) await leaveOut({ line, reason: "the address of an earlier line" });
    }
    share = [];
    progress(read);
  };
  for await (const row of rows(file, dialect, columnsOf(file, preset, settings), preset)) {
    read++;
    if (run && read <= run.rowsDone) continue;
    // The address stays out of the message: it is personal, and the line says where it is.
    const reason = addressProblem(row.address);
    if (reason) {
      result.rejectedRows++;
      if (result.rejected.length < mostListed) result.rejected.push({ line: row.line, reason });
      await leaveOut({ line: row.line, reason });
    } else share.push(row);
    if (share.length === shareRows) await flush();
  }
  await flush();
  await run?.finish();
  return result;
}

function unknownPreset(name = ""): never {
  throw new PostriderError("invalid", `There is no preset "${name}"`, {
    hint: `Known: ${Object.keys(presets).join(", ")}.`,
  });
}

function given({ separator, encoding }: ImportSettings): Partial<Dialect> {
  return { ...(separator && { separator: separator === "tab" ? "\t" : separator }), ...(encoding && { encoding }) };
}

async function digestOf(file: string, settings: ImportSettings): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify([settings, shareRows]));
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

/** Where in a record what stands. */
interface Places {
  address: number;
  name: number[];
  state: number;
  /** Attribute -> column. */
  attributes: ReadonlyMap<string, number>;
}

async function* rows(
  file: string,
  { encoding, separator }: Dialect,
  placesOf: (header: string[]) => Places,
  preset: Preset,
): AsyncGenerator<ImportRow, void> {
  const parser = parse({
    bom: true,
    delimiter: separator,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: 1024 * 1024,
  });
  const bytes = createReadStream(file, { highWaterMark: 256 * 1024 });
  bytes.on("error", (error) => parser.destroy(error));
  if (encoding === "utf-8") bytes.pipe(parser);
  else void decode(bytes, encoding, parser);
  const otherwise = preset.otherwise(basename(file));
  let places: Places | null = null;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (!places) places = placesOf(record);
      else yield rowOf(record, info.lines, places, preset, otherwise);
    }
  } catch (error) {
    if (error instanceof PostriderError) throw error;
    const line = error instanceof CsvError && typeof error["lines"] === "number" ? error["lines"] : undefined;
    throw new PostriderError("invalid", `The file can't be read as CSV: ${messageOf(error)}`, {
      file,
      ...(line && { line }),
      cause: error,
    });
  } finally {
    bytes.destroy();
  }
}

function rowOf(record: string[], line: number, places: Places, preset: Preset, otherwise: ImportedState): ImportRow {
  const names = places.name.map((place) => record[place] ?? "");
  const said = places.state < 0 ? "" : (record[places.state] ?? "").toLowerCase();
  return {
    line,
    // An export of ours guards what a spreadsheet would run.
    address: unguarded(record[places.address] ?? ""),
    // PostgreSQL's text holds no NUL.
    name: unguarded(names.filter(Boolean).join(" ")).replaceAll("\0", "").slice(0, 500),
    state: preset.states[said] ?? otherwise,
    attributes: attributesOf(record, places.attributes),
  };
}

const longestAttribute = 500;

function attributesOf(record: string[], places: Places["attributes"]): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [name, place] of places) {
    const value = unguarded(record[place] ?? "")
      .replaceAll("\0", "")
      .toWellFormed()
      .slice(0, longestAttribute);
    if (value !== "") attributes[name] = value;
  }
  return attributes;
}

function unguarded(text: string): string {
  return /^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
}

async function decode(bytes: AsyncIterable<Buffer>, encoding: string, parser: ReturnType<typeof parse>): Promise<void> {
  try {
    const decoder = new TextDecoder(encoding);
    for await (const chunk of bytes) {
      const text = decoder.decode(chunk, { stream: true });
      if (!parser.write(text)) await new Promise((resolve) => parser.once("drain", resolve));
    }
    parser.end(decoder.decode());
  } catch (error) {
    parser.destroy(error as Error);
  }
}

function columnsOf(file: string, preset: Preset, settings: ImportSettings): (header: string[]) => Places {
  return (header) => {
    const titles = header.map((title) => title.trim().toLowerCase());
    const place = (known: readonly string[], wanted?: string): number => {
      const named = wanted ? [wanted.toLowerCase()] : known;
      return titles.findIndex((title) => named.includes(title));
    };
    const address = place(preset.address, settings.address);
    const name = place(preset.name, settings.name);
    if (address < 0)
      throw new PostriderError("invalid", "No column holds the addresses", {
        file,
        line: 1,
        hint: `The first line must name one of its columns "email" or "address", or --address must name it; it has ${header.map((title) => `"${title}"`).join(", ")}.`,
      });
    const names = titles.flatMap((title, index) => (preset.names.includes(title) ? [index] : []));
    const attributes = new Map(namedAttributes(file, settings, titles));
    const timezone = place(preset.timezone);
    if (timezone >= 0) attributes.set("timezone", timezone);
    return { address, name: name < 0 ? names : [name], state: place(preset.state), attributes };
  };
}

function namedAttributes(file: string, { attributes = "" }: ImportSettings, titles: string[]): [string, number][] {
  const wanted = attributes.split(",").map((title) => title.trim().toLowerCase());
  return wanted.filter(Boolean).map((title) => {
    const place = titles.indexOf(title);
    if (place >= 0) return [title, place];
    const hint = `It has ${titles.map((known) => `"${known}"`).join(", ")}.`;
    throw new PostriderError("invalid", `No column is called "${title}"`, { file, line: 1, hint });
  });
}
