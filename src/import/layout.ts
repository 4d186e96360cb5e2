/** Finds the meaning of each column by the titles in the first line. */

import { PostriderError } from "#core/errors.ts";
import { type Preset, plainTitle } from "./presets.ts";

/** Column titles that the operator gave, because they are not among the usual ones. */
export interface NamedColumns {
  address?: string;
  name?: string;
  /** More columns to keep, separated by commas. */
  attributes?: string;
}

/** Which columns were read for what, by their titles in the file. Only columns that exist. */
export interface ReadColumns {
  address: string;
  name?: string[];
  state?: string;
  timezone?: string;
  language?: string;
  tags?: string;
  attributes?: string[];
  frequency?: string;
  /** Columns about each person's consent. */
  consent?: string[];
}

/** A column, and the name under which its values are stored. */
type Titled = readonly [title: string, column: number];

/** Numbers of columns; -1 if the file has no such column. */
export interface Layout {
  address: number;
  /** One column, or the parts of a name in several. */
  names: readonly number[];
  state: number;
  timezone: number;
  language: number;
  tags: number;
  /** JSON objects of attributes. */
  json: number;
  frequency: number;
  proof: readonly Titled[];
  /** Only in our own exports, to skip the rows of other lists. */
  list: number;
  /** Kept as attributes because the operator named them. */
  kept: readonly Titled[];
}

/** Our own exports contain several lists. Only the rows of the imported list are read. */
const exported = ["address", "list", "state", "since", "source"];

/**
 * @param list - the list that is imported; `null`: any
 * @throws PostriderError if there is no column with addresses, or no column with a title that the operator gave
 */
export function layoutOf(
  file: string,
  header: readonly string[],
  { preset, named, list }: { preset: Preset; named: NamedColumns; list: string | null },
): Layout {
  const lower = header.map((title) => title.trim().toLowerCase());
  const titles = header.map(plainTitle);
  const shown = header.map((title) => `"${title}"`).join(", ");
  const invalid = (message: string, hint: string) => new PostriderError("invalid", message, { file, line: 1, hint });
  const place = (known: readonly string[]): number =>
    known.map((title) => titles.indexOf(plainTitle(title))).find((column) => column >= 0) ?? -1;
  const required = (title: string): number => {
    const exact = lower.indexOf(title.trim().toLowerCase());
    const found = exact >= 0 ? exact : titles.indexOf(plainTitle(title));
    if (found >= 0) return found;
    throw invalid(`No column is called "${title.trim()}"`, `The columns are ${shown}.`);
  };
  const either = (title: string | undefined, known: readonly string[]) => (title ? required(title) : place(known));

  const address = either(named.address, preset.address);
  if (address < 0)
    throw invalid(
      "No column with email addresses was found",
      `Name a column "email" or "address", or select one with --address. The columns are ${shown}.`,
    );
  const name = either(named.name, preset.name);
  const kept = (named.attributes ?? "").split(",").filter((title) => title.trim() !== "");
  const ours = exported.every((title) => titles.includes(title));
  return {
    address,
    names: name < 0 ? placesOf(titles, preset.names) : [name],
    state: place(preset.state),
    timezone: place(preset.timezone),
    language: place(preset.language),
    tags: place(preset.tags),
    json: place(preset.attributes),
    frequency: place(preset.frequency),
    proof: placesOf(titles, preset.proof).map((column) => [lower[column] ?? "", column]),
    list: ours && list !== null ? titles.indexOf("list") : -1,
    kept: kept.map((title) => [title.trim().toLowerCase(), required(title)]),
  };
}

function placesOf(titles: readonly string[], wanted: readonly string[]): number[] {
  const plain = wanted.map(plainTitle);
  return titles.flatMap((title, index) => (plain.includes(title) ? [index] : []));
}

/** With the file's own titles. */
export function readColumns(header: readonly string[], layout: Layout): ReadColumns {
  const { json, kept, proof } = layout;
  const titleOf = (column: number): string => header[column]?.trim() ?? "";
  const one = (key: keyof ReadColumns, column: number) => column >= 0 && { [key]: titleOf(column) };
  const several = (key: keyof ReadColumns, found: readonly number[]) =>
    found.length > 0 && { [key]: found.map(titleOf) };
  return {
    address: titleOf(layout.address),
    ...several("name", layout.names),
    ...one("state", layout.state),
    ...one("timezone", layout.timezone),
    ...one("language", layout.language),
    ...one("tags", layout.tags),
    ...several("attributes", [...(json < 0 ? [] : [json]), ...kept.map(([, column]) => column)]),
    ...one("frequency", layout.frequency),
    ...several(
      "consent",
      proof.map(([, column]) => column),
    ),
  };
}
