/** Reads people out of a CSV as a stream; a row that is none is told with its line, and the next one goes on. */

import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { type Attributes, type AttributeValue, attributesProblem } from "#core/attributes.ts";
import { PostriderError } from "#core/errors.ts";
import type { ImportRow } from "#core/import.ts";
import { addressProblem, frequencies } from "#core/subscriber.ts";
import { unguarded } from "./csv.ts";
import { csvRecords } from "./csv-records.ts";
import type { Preset } from "./import-presets.ts";
import type { Dialect } from "./import-source.ts";

export interface Rejected {
  line: number;
  reason: string;
}

/** `aside`: of another list, in an export of ours. */
export type ReadRow = { row: ImportRow } | { rejected: Rejected } | { aside: number };

/** Titles of columns, where they are not among the usual ones. */
export interface NamedColumns {
  address?: string;
  name?: string;
  /** Further ones to keep, parted by commas. */
  attributes?: string;
}

interface Setting {
  preset: Preset;
  named: NamedColumns;
  /** The one that is imported; `null`: whichever. */
  list: string | null;
  /** Called with the titles of the columns that say of each how they agreed. */
  proofFrom?(titles: string[]): void;
}

const longestValue = 500;

/**
 * Yields some thousand rows at a time, in the order of their lines.
 * @throws PostriderError when the file has no column of addresses, or can't be read as CSV at all
 */
export async function* readRows(
  file: string,
  { encoding, separator }: Dialect,
  setting: Setting,
): AsyncGenerator<ReadRow[], void> {
  const bytes = createReadStream(file, { highWaterMark: 256 * 1024 });
  let read: ((cells: string[], line: number) => ReadRow) | null = null;
  try {
    for await (const records of csvRecords(inUtf8(bytes, encoding), separator, file)) {
      const rows: ReadRow[] = [];
      for (const record of records)
        if ("broken" in record) rows.push({ rejected: record.broken });
        else if (read) rows.push(read(record.cells, record.line));
        else read = readerOf(file, record.cells, setting);
      yield rows;
    }
  } finally {
    bytes.destroy();
  }
  if (!read) throw new PostriderError("invalid", "The file is empty: its first line must name the columns", { file });
}

async function* inUtf8(bytes: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer, void> {
  if (encoding === "utf-8") return yield* bytes;
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

/** Our own exports hold several lists: only the rows of the one that is imported are meant. */
const exported = ["address", "list", "state", "since", "source"];

function readerOf(file: string, header: string[], { preset, named, list, proofFrom }: Setting) {
  const titles = header.map((title) => title.trim().toLowerCase());
  const place = (known: readonly string[]): number => titles.findIndex((title) => known.includes(title));
  const wanted = (title: string | undefined): number => (title ? required(title) : -1);
  const required = (title: string): number => {
    const found = titles.indexOf(title.trim().toLowerCase());
    if (found >= 0) return found;
    throw new PostriderError("invalid", `No column is called "${title.trim()}"`, {
      file,
      line: 1,
      hint: `It has ${shown}.`,
    });
  };
  const shown = header.map((title) => `"${title}"`).join(", ");
  const either = (title: string | undefined, known: readonly string[]) => (title ? wanted(title) : place(known));
  const address = either(named.address, preset.address);
  if (address < 0)
    throw new PostriderError("invalid", "No column holds the addresses", {
      file,
      line: 1,
      hint: `The first line must name one of its columns "email" or "address", or --address must name it; it has ${shown}.`,
    });
  const name = either(named.name, preset.name);
  const names = name < 0 ? placesOf(titles, preset.names) : [name];
  const state = place(preset.state);
  const [timezone, language, tags, json, frequency] = [
    place(preset.timezone),
    place(preset.language),
    place(preset.tags),
    place(preset.attributes),
    place(preset.frequency),
  ];
  const proof = placesOf(titles, preset.proof);
  proofFrom?.(proof.map((column) => header[column]?.trim() ?? ""));
  const ours = exported.every((title) => titles.includes(title));
  const lists = ours && list !== null ? titles.indexOf("list") : -1;
  const kept = (named.attributes ?? "").split(",").filter((title) => title.trim() !== "");
  const columns = kept.map((title) => [title.trim().toLowerCase(), required(title)] as const);
  const otherwise = preset.otherwise(basename(file), titles);

  return (record: string[], line: number): ReadRow => {
    const at = (column: number): string => (column < 0 ? "" : value(record[column] ?? ""));
    if (lists >= 0 && at(lists) !== list) return { aside: line };
    // An export of ours guards what a spreadsheet would run.
    const email = unguarded(record[address] ?? "");
    // The address stays out of the message: it is personal, and the line says where it is.
    const wrong = addressProblem(email);
    if (wrong) return { rejected: { line, reason: wrong } };
    const attributes: Record<string, AttributeValue> = { ...attributesIn(at(json)) };
    for (const [title, column] of columns) if (at(column)) attributes[title] = at(column);
    if (at(timezone)) attributes["timezone"] = at(timezone);
    const tagged = tagsIn(at(tags));
    if (tagged.length > 0) attributes["tags"] = tagged;
    const problem = attributesProblem(attributes);
    if (problem) return { rejected: { line, reason: `attributes: ${problem}` } };
    const spoken = at(language);
    return {
      row: {
        line,
        address: email,
        name: names.length === 1 ? at(names[0] ?? -1) : names.map(at).filter(Boolean).join(" "),
        state: state < 0 ? otherwise : (preset.states[at(state).toLowerCase()] ?? otherwise),
        proof: proof
          .filter((column) => at(column))
          .map((column) => `${titles[column]} ${at(column)}`)
          .join(", ")
          .slice(0, longestValue)
          .toWellFormed(),
        language: /^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/i.test(spoken) ? spoken : "",
        frequency: frequencies.find((each) => each === at(frequency)) ?? "each",
        attributes,
      },
    };
  };
}

function placesOf(titles: readonly string[], wanted: readonly string[]): number[] {
  return titles.flatMap((title, index) => (wanted.includes(title) ? [index] : []));
}

/** PostgreSQL's text holds no NUL, and its JSON no half of a surrogate pair, as a cut may leave one. */
function value(text: string): string {
  if (text === "") return "";
  return unguarded(text).replaceAll("\0", "").slice(0, longestText).toWellFormed();
}
/** A JSON object of attributes stands in one cell. */
const longestText = 64 * 1024;

/** What of somebody else's JSON can be an attribute; nothing where it is none. */
function attributesIn(json: string): Attributes {
  if (json === "") return {};
  try {
    const parsed = JSON.parse(json) as unknown;
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return {};
    return Object.fromEntries(
      Object.entries(parsed).filter(([name, entry]) => attributesProblem({ [name]: entry }) === null),
    ) as Attributes;
  } catch {
    return {};
  }
}

/** `press, friends`, `"press","friends"`, or a JSON array. */
function tagsIn(text: string): string[] {
  if (text === "") return [];
  const bare = text.replace(/^\[|\]$/g, "");
  return [
    ...new Set(
      bare.split(",").map((tag) =>
        tag
          .trim()
          .replace(/^["']|["']$/g, "")
          .trim(),
      ),
    ),
  ].filter(Boolean);
}
