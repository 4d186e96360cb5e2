/** Templates with four kinds of placeholders, filled in one pass. Inserted values are never parsed again. */

import { ConfigError } from "#core/errors.ts";
import { escapeHtml } from "#core/posts/html.ts";

/** The values for a template. A list repeats its section; an empty string, an empty list or `false` leaves it out. */
export interface Values {
  readonly [name: string]: string | number | boolean | Values | readonly Values[];
}

export type Template = (values: Values) => Filled;

export interface Filled {
  text: string;
  /** The origin of a line of `text`, counted from 1. */
  origin(line: number): Place;
}

export interface Place {
  file: string;
  line: number;
}

/** A template's source, and its file for messages. */
export interface Source {
  text: string;
  file: string;
}

/**
 * `{{name}}` shows a value as text, `{{{name}}}` a value that is already markup. `{{#name}}…{{/name}}` is a section
 * that is shown if the value exists, `{{^name}}…{{/name}}` one that is shown if it doesn't. `{{> name}}` includes
 * another file. Dots select inside groups, and inside a group's section its names can be used directly. Filling in
 * throws `ConfigError` with file and line for an unknown name.
 * @param files - the files that `{{> name}}` may include.
 * @throws ConfigError with file and line if a section is not closed or a file doesn't exist.
 */
export function compileTemplate(source: Source, files: ReadonlyMap<string, Source> = new Map()): Template {
  const parts = parse(source, files, []);
  return (values) => {
    const pieces: Piece[] = [];
    fill(parts, [values], pieces);
    return filled(pieces, source.file);
  };
}

/** The template with every section shown once and a letter for each value, so that its tags can be checked without values. */
export function skeletonOf(source: Source, files: ReadonlyMap<string, Source> = new Map()): Filled {
  const visit = (parts: readonly Part[]): Piece[] =>
    parts.flatMap((part) => {
      if (part.kind === "section") return visit(part.parts);
      const literal = part.kind === "literal";
      return { text: literal ? part.text : "x", file: part.file, line: part.line, literal };
    });
  return filled(visit(parse(source, files, [])), source.file);
}

type Part = Place &
  (
    | { kind: "literal"; text: string }
    | { kind: "text" | "markup"; name: string }
    | { kind: "section"; name: string; without: boolean; parts: Part[] }
  );

/** A part of the result from one place in a template. */
type Piece = Place & { text: string; literal: boolean };

/** Sections in sections; a few are what a template needs. */
const mostDepth = 50;

const placeholder = /\{\{\{\s*([\w.]+)\s*\}\}\}|\{\{\s*([#^/>]?)\s*([\w.-]+)\s*\}\}/g;

function parse(source: Source, files: ReadonlyMap<string, Source>, within: readonly string[]): Part[] {
  const { text, file } = source;
  const found = [...text.matchAll(placeholder)];
  let position = 0;
  let line = 1;
  let next = 0;

  const advance = (to: number): { text: string; line: number } => {
    const passed = { text: text.slice(position, to), line };
    line += passed.text.split("\n").length - 1;
    position = to;
    return passed;
  };

  const parts = (depth: number, open?: { name: string; line: number }): Part[] => {
    const list: Part[] = [];
    for (;;) {
      const match = found[next++];
      list.push({ kind: "literal", file, ...advance(match ? match.index : text.length) });
      if (!match) {
        if (open) throw new ConfigError(`{{#${open.name}}} is never closed`, { file, line: open.line });
        return list;
      }
      const [whole, markup, sign, plain] = match;
      const name = markup ?? plain ?? "";
      const place = { file, line };
      advance(match.index + whole.length);
      if (sign === ">") list.push(...include(name, place, files, within));
      else if (sign === "#" || sign === "^") {
        if (depth >= mostDepth) throw new ConfigError(`{{#${name}}} is in more than ${mostDepth} others`, place);
        const inside = parts(depth + 1, { name, line: place.line });
        list.push({ kind: "section", name, ...place, without: sign === "^", parts: inside });
      } else if (sign === "/") {
        if (open?.name !== name) throw new ConfigError(`{{/${name}}} has no opening {{#${name}}}`, place);
        return list;
      } else list.push({ kind: markup ? "markup" : "text", name, ...place });
    }
  };
  return parts(0);
}

function include(name: string, place: Place, files: ReadonlyMap<string, Source>, within: readonly string[]): Part[] {
  const source = files.get(name);
  const hint = `Known files: ${[...files.keys()].sort().join(", ") || "none"}.`;
  if (!source) throw new ConfigError(`{{> ${name}}} names a file that doesn't exist`, { ...place, hint });
  if (within.includes(name)) throw new ConfigError(`{{> ${name}}} includes itself`, place);
  return parse(source, files, [...within, name]);
}

function fill(parts: readonly Part[], scopes: readonly Values[], pieces: Piece[]): void {
  for (const part of parts) {
    const { file, line } = part;
    if (part.kind === "literal") {
      pieces.push({ text: part.text, file, line, literal: true });
      continue;
    }
    const value = lookUp(part, scopes);
    if (part.kind === "section") {
      if (Array.isArray(value)) for (const each of value as Values[]) fill(part.parts, [...scopes, each], pieces);
      else if (Boolean(value) !== part.without)
        fill(part.parts, typeof value === "object" ? [...scopes, value as Values] : scopes, pieces);
      continue;
    }
    pieces.push({
      text: part.kind === "markup" ? String(value) : escapeHtml(String(value)),
      file,
      line,
      literal: false,
    });
  }
}

function lookUp({ name, file, line }: Place & { name: string }, scopes: readonly Values[]): Values[string] {
  const [first = "", ...rest] = name.split(".");
  const scope = scopes.findLast((values) => Object.hasOwn(values, first));
  let value = scope?.[first];
  for (const key of rest) value = Object.hasOwn(Object(value), key) ? (value as Values)[key] : undefined;
  if (value !== undefined) return value;
  const hint = `Known names: ${[...new Set(scopes.flatMap(Object.keys))].sort().join(", ")}.`;
  throw new ConfigError(`The template shows {{${name}}}, which doesn't exist`, { file, line, hint });
}

function filled(pieces: readonly Piece[], file: string): Filled {
  return { text: pieces.map(({ text }) => text).join(""), origin: (line) => originOf(pieces, line, file) };
}

function originOf(pieces: readonly Piece[], line: number, file: string): Place {
  let passed = 1;
  for (const piece of pieces) {
    const here = piece.text.split("\n").length - 1;
    if (passed + here >= line) return { file: piece.file, line: piece.line + (piece.literal ? line - passed : 0) };
    passed += here;
  }
  return { file, line: 1 };
}
