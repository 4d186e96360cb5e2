/** Reads people from a CSV stream. A bad row is reported with its line, and reading continues. */

import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { PostriderError } from "#core/errors.ts";
import { type AttributeValue, attributesProblem } from "#core/readers/attributes.ts";
import type { ImportedState, ImportRow } from "#core/readers/import.ts";
import { addressProblem, frequencies } from "#core/readers/subscriber.ts";
import { unguarded } from "./csv.ts";
import { csvRecords } from "./csv-records.ts";
import { type Preset, plainTitle } from "./presets.ts";
import type { Dialect } from "./source.ts";

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
  /** Further ones to keep, separated by commas. */
  attributes?: string;
}

/** What was read from which columns, by their titles in the file. Only what it has. */
export interface ReadColumns {
  address: string;
  name?: string[];
  state?: string;
  timezone?: string;
  language?: string;
  tags?: string;
  attributes?: string[];
  frequency?: string;
  /** Those that say of each how they agreed. */
  consent?: string[];
}

interface Setting {
  preset: Preset;
  named: NamedColumns;
  /** The one that is imported; `null`: whichever. */
  list: string | null;
  columnsRead?(columns: ReadColumns): void;
  /** Called for an unknown state; the row is read as if the cell were empty. */
  unknownState?(word: string): void;
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
  if (!read) throw new PostriderError("invalid", "The file is empty. Its first line must name the columns", { file });
}

async function* inUtf8(bytes: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer, void> {
  if (encoding === "utf-8") return yield* bytes;
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

/** Our own exports hold several lists: only the rows of the one that is imported are meant. */
const exported = ["address", "list", "state", "since", "source"];

function readerOf(file: string, header: string[], { preset, named, list, columnsRead, unknownState }: Setting) {
  const lower = header.map((title) => title.trim().toLowerCase());
  const titles = header.map(plainTitle);
  const place = (known: readonly string[]): number =>
    known.map((title) => titles.indexOf(plainTitle(title))).find((column) => column >= 0) ?? -1;
  const required = (title: string): number => {
    const exact = lower.indexOf(title.trim().toLowerCase());
    const found = exact >= 0 ? exact : titles.indexOf(plainTitle(title));
    if (found >= 0) return found;
    throw new PostriderError("invalid", `No column is called "${title.trim()}"`, {
      file,
      line: 1,
      hint: `The columns are ${shown}.`,
    });
  };
  const shown = header.map((title) => `"${title}"`).join(", ");
  const either = (title: string | undefined, known: readonly string[]) => (title ? required(title) : place(known));
  const address = either(named.address, preset.address);
  if (address < 0)
    throw new PostriderError("invalid", "No column with email addresses was found", {
      file,
      line: 1,
      hint: `Name a column "email" or "address", or select one with --address. The columns are ${shown}.`,
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
  const ours = exported.every((title) => titles.includes(title));
  const lists = ours && list !== null ? titles.indexOf("list") : -1;
  const kept = (named.attributes ?? "").split(",").filter((title) => title.trim() !== "");
  const columns = kept.map((title) => [title.trim().toLowerCase(), required(title)] as const);
  const otherwise = preset.otherwise(basename(file), titles);
  const titleOf = (column: number): string => header[column]?.trim() ?? "";
  const one = (key: keyof ReadColumns, column: number) => column >= 0 && { [key]: titleOf(column) };
  const several = (key: keyof ReadColumns, found: readonly number[]) =>
    found.length > 0 && { [key]: found.map(titleOf) };
  columnsRead?.({
    address: titleOf(address),
    ...several("name", names),
    ...one("state", state),
    ...one("timezone", timezone),
    ...one("language", language),
    ...one("tags", tags),
    ...several("attributes", [...(json < 0 ? [] : [json]), ...columns.map(([, column]) => column)]),
    ...one("frequency", frequency),
    ...several("consent", proof),
  });
  const stateIn = (word: string): ImportedState => {
    const known = preset.states[word.toLowerCase()];
    if (known === undefined && word !== "") unknownState?.(word);
    return known ?? otherwise;
  };

  return (record: string[], line: number): ReadRow => {
    const at = (column: number): string => (column < 0 ? "" : value(record[column] ?? ""));
    if (lists >= 0 && at(lists) !== list) return { aside: line };
    // An export of ours guards what a spreadsheet would run.
    const email = unguarded(record[address] ?? "");
    // The address stays out of the message: it is personal, and the line says where it is.
    const wrong = addressProblem(email);
    if (wrong) return { rejected: { line, reason: wrong } };
    const said = state < 0 ? otherwise : stateIn(at(state));
    const attributes: Record<string, AttributeValue> = {};
    const broken = addAttributes(attributes, at(json));
    for (const [title, column] of columns) if (at(column)) attributes[title] = at(column);
    if (at(timezone)) attributes["timezone"] = at(timezone);
    const tagged = tagsIn(at(tags));
    if (tagged.length > 0) attributes["tags"] = tagged;
    const problem = broken ?? attributesProblem(attributes);
    // Whoever left leaves, whatever else is wrong with the row.
    const leaves = said !== "confirmed" && said !== "unconfirmed";
    if (problem && !leaves) return { rejected: { line, reason: `attributes: ${problem}` } };
    const spoken = at(language);
    return {
      row: {
        line,
        address: email,
        name: names.length === 1 ? at(names[0] ?? -1) : names.map(at).filter(Boolean).join(" "),
        state: said,
        proof: proof
          .filter((column) => at(column))
          .map((column) => `${lower[column]} ${at(column)}`)
          .join(", ")
          .slice(0, longestValue)
          .toWellFormed(),
        language: /^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/i.test(spoken) ? spoken : "",
        frequency: frequencies.find((each) => each === at(frequency)) ?? "each",
        attributes: problem ? {} : attributes,
      },
    };
  };
}

function placesOf(titles: readonly string[], wanted: readonly string[]): number[] {
  const plain = wanted.map(plainTitle);
  return titles.flatMap((title, index) => (plain.includes(title) ? [index] : []));
}

/** PostgreSQL's text holds no NUL, and its JSON no half of a surrogate pair, as a cut may leave one. */
function value(text: string): string {
  if (text === "") return "";
  return unguarded(text).replaceAll("\0", "").slice(0, longestText).toWellFormed();
}
/** A JSON object of attributes stands in one cell. */
const longestText = 64 * 1024;

/** Adds what of somebody else's JSON can be an attribute. Returns what is wrong with it, or `null`. */
function addAttributes(attributes: Record<string, AttributeValue>, json: string): string | null {
  if (json === "") return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return "not valid JSON";
  }
  // Some services write an empty object as a list or as nothing.
  if (parsed === null || (Array.isArray(parsed) && parsed.length === 0)) return null;
  if (typeof parsed !== "object" || Array.isArray(parsed)) return 'expected a JSON object such as {"city": "Bern"}';
  for (const [name, entry] of Object.entries(parsed))
    if (attributesProblem({ [name]: entry }) === null) attributes[name] = entry as AttributeValue;
  return null;
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
