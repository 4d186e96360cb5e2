/** Templates with three kinds of placeholder, read once and filled in one pass: what is filled in is never read again. */

import { ConfigError } from "#core/errors.ts";
import { escapeHtml } from "#core/html.ts";

/** What a template may show. A list repeats its section; an empty string, an empty list or `false` leaves it out. */
export interface Values {
  readonly [name: string]: string | number | boolean | Values | readonly Values[];
}

export type Template = (values: Values) => string;

/**
 * `{{name}}` shows a value as text, `{{{name}}}` one that is markup already, `{{#name}}…{{/name}}` a part that
 * is there when the value is, `{{^name}}…{{/name}}` one that is there when it isn't; dots reach into groups. Filling in throws `ConfigError` with the line for a name that isn't there.
 * @throws ConfigError with the line where a section is not closed.
 */
export function compileTemplate(source: string, file: string): Template {
  const pieces = [...source.matchAll(/\{\{\{\s*([\w.]+)\s*\}\}\}|\{\{\s*([#^/]?)\s*([\w.]+)\s*\}\}/g)];
  let position = 0;
  let next = 0;

  const parts = (open?: { name: string; line: number }): Part[] => {
    const list: Part[] = [];
    for (;;) {
      const piece = pieces[next];
      if (!piece) {
        list.push({ kind: "literal", text: source.slice(position) });
        position = source.length;
        if (open) throw new ConfigError(`{{#${open.name}}} is never closed`, { file, line: open.line });
        return list;
      }
      list.push({ kind: "literal", text: source.slice(position, piece.index) });
      position = piece.index + piece[0].length;
      next++;
      const line = source.slice(0, piece.index).split("\n").length;
      const [, markup, sign, plain] = piece;
      const name = markup ?? plain ?? "";
      if (sign === "#" || sign === "^")
        list.push({ kind: "section", name, line, without: sign === "^", parts: parts({ name, line }) });
      else if (sign === "/") {
        if (open?.name !== name) throw new ConfigError(`{{/${name}}} closes nothing`, { file, line });
        return list;
      } else list.push({ kind: markup ? "markup" : "text", name, line });
    }
  };

  const template = parts();
  return (values) => fill(template, [values], file);
}

type Part =
  | { kind: "literal"; text: string }
  | { kind: "text" | "markup"; name: string; line: number }
  | { kind: "section"; name: string; line: number; without: boolean; parts: Part[] };

function fill(parts: readonly Part[], scopes: readonly Values[], file: string): string {
  return parts
    .map((part) => {
      if (part.kind === "literal") return part.text;
      const value = lookUp(part, scopes, file);
      if (part.kind === "section") {
        if (Array.isArray(value))
          return value.map((each: Values) => fill(part.parts, [...scopes, each], file)).join("");
        return Boolean(value) !== part.without ? fill(part.parts, scopes, file) : "";
      }
      return part.kind === "markup" ? String(value) : escapeHtml(String(value));
    })
    .join("");
}

function lookUp(
  { name, line }: { name: string; line: number },
  scopes: readonly Values[],
  file: string,
): Values[string] {
  const [first = "", ...rest] = name.split(".");
  const scope = scopes.findLast((values) => Object.hasOwn(values, first));
  let value = scope?.[first];
  for (const key of rest) value = Object.hasOwn(Object(value), key) ? (value as Values)[key] : undefined;
  if (value !== undefined) return value;
  const hint = `Known here: ${[...new Set(scopes.flatMap(Object.keys))].sort().join(", ")}.`;
  throw new ConfigError(`The template shows {{${name}}}, which doesn't exist`, { file, line, hint });
}
