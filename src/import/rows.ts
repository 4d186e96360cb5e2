/** Reads people from a CSV stream. A bad row is reported with its line, and reading continues. */

import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { PostriderError } from "#core/errors.ts";
import { type AttributeValue, attributesProblem } from "#core/readers/attributes.ts";
import type { ImportedState, ImportRow } from "#core/readers/import.ts";
import { addressProblem, frequencies } from "#core/readers/subscriber.ts";
import { addAttributes, tagsIn, textIn } from "./cells.ts";
import { unguarded } from "./csv.ts";
import { csvRecords } from "./csv-records.ts";
import { type Layout, layoutOf, type NamedColumns, type ReadColumns, readColumns } from "./layout.ts";
import { type Preset, plainTitle } from "./presets.ts";
import type { Dialect } from "./source.ts";

export interface Rejected {
  line: number;
  reason: string;
}

/** `aside`: a row of another list in our own export. */
export type ReadRow = { row: ImportRow } | { rejected: Rejected } | { aside: number };

interface Setting {
  preset: Preset;
  named: NamedColumns;
  /** The list that is imported; `null`: any. */
  list: string | null;
  columnsRead?(columns: ReadColumns): void;
  /** Called for an unknown state; the row is read as if the cell were empty. */
  unknownState?(word: string): void;
}

const longestValue = 500;

/**
 * Yields some thousand rows at a time, in the order of their lines.
 * @throws PostriderError if the file has no column with addresses, or is not CSV
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

function readerOf(file: string, header: string[], setting: Setting) {
  const { preset, list, columnsRead, unknownState } = setting;
  const layout = layoutOf(file, header, setting);
  const { names, proof } = layout;
  const otherwise = preset.otherwise(basename(file), header.map(plainTitle));
  columnsRead?.(readColumns(header, layout));
  const stateIn = (word: string): ImportedState => {
    const known = preset.states[word.toLowerCase()];
    if (known === undefined && word !== "") unknownState?.(word);
    return known ?? otherwise;
  };

  return (record: string[], line: number): ReadRow => {
    const at = (column: number): string => (column < 0 ? "" : textIn(record[column] ?? ""));
    if (layout.list >= 0 && at(layout.list) !== list) return { aside: line };
    // Our own exports put a quote in front of cells that a spreadsheet would run as a formula.
    const address = unguarded(record[layout.address] ?? "");
    // The message has no address, because it is personal. The line number is enough to find it.
    const wrong = addressProblem(address);
    if (wrong) return { rejected: { line, reason: wrong } };
    const state = layout.state < 0 ? otherwise : stateIn(at(layout.state));
    const attributes: Record<string, AttributeValue> = {};
    const problem = readAttributes(attributes, layout, at);
    // An unsubscription is recorded even if the rest of the row is wrong.
    const leaves = state !== "confirmed" && state !== "unconfirmed";
    if (problem && !leaves) return { rejected: { line, reason: `attributes: ${problem}` } };
    const language = at(layout.language);
    return {
      row: {
        line,
        address,
        name: names.length === 1 ? at(names[0] ?? -1) : names.map(at).filter(Boolean).join(" "),
        state,
        proof: proof
          .filter(([, column]) => at(column))
          .map(([title, column]) => `${title} ${at(column)}`)
          .join(", ")
          .slice(0, longestValue)
          .toWellFormed(),
        language: /^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/i.test(language) ? language : "",
        frequency: frequencies.find((each) => each === at(layout.frequency)) ?? "each",
        attributes: problem ? {} : attributes,
      },
    };
  };
}

/** Adds the data of a row to a person. Returns what is wrong with it, or `null`. */
function readAttributes(
  attributes: Record<string, AttributeValue>,
  { json, kept, timezone, tags }: Layout,
  at: (column: number) => string,
): string | null {
  const broken = addAttributes(attributes, at(json));
  for (const [title, column] of kept) if (at(column)) attributes[title] = at(column);
  if (at(timezone)) attributes["timezone"] = at(timezone);
  const tagged = tagsIn(at(tags));
  if (tagged.length > 0) attributes["tags"] = tagged;
  return broken ?? attributesProblem(attributes);
}
