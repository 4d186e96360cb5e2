/** Reads literal values from a JavaScript or TypeScript configuration without running it. */

import { type Scanner, scannerOf } from "./js-scanner.ts";

export interface LiteralFile {
  /** The exported value, without parts that are not literals. */
  exported: unknown;
  /** Literals of the outermost `const`s by name, exported or not. */
  constants: Readonly<Record<string, unknown>>;
}

/** A value that is only known by running the file. */
const unread = Symbol("unread");

/** Longer files are not configuration files. */
const maxLength = 500_000;
const maxDepth = 50;

/** @param load - returns the data of a JSON file that is imported or required by a relative path; `undefined` if there is none. */
export function readLiterals(source: string, load: (path: string) => unknown = () => undefined): LiteralFile {
  if (source.length > maxLength) return { exported: undefined, constants: {} };
  const constants: Record<string, unknown> = Object.create(null);
  for (const [, name = "", path = ""] of source.matchAll(/^\s*import\s+(\w+)\s+from\s+["'](\.[^"']*\.json)["']/gm))
    constants[name] = load(path);
  const reader: Reader = { scanner: scannerOf(source), constants, load };
  for (const match of source.matchAll(/^(?:export\s+)?(?:const|let|var)\s+(\w+)\s*(?::[^=\n]+)?=(?![=>])/gm)) {
    const value = valueAt(reader, match.index + match[0].length);
    if (value !== unread) constants[match[1] ?? ""] = value;
  }
  const start = /^\s*(?:module\.exports\s*=|export\s+default\b|export\s*=)/m.exec(source);
  const found = start ? valueAt(reader, start.index + start[0].length) : unread;
  if (found !== unread) return { exported: found, constants };
  // For a function: its last returned value.
  const returned = [...source.matchAll(/\breturn\s*\(?\s*(?=\{)|=>\s*\(\s*(?=\{)/g)].at(-1);
  const made = returned ? valueAt(reader, returned.index + returned[0].length) : unread;
  return { exported: made === unread ? undefined : made, constants };
}

interface Reader {
  scanner: Scanner;
  /** What a name stands for. */
  constants: Readonly<Record<string, unknown>>;
  load(path: string): unknown;
}

function valueAt(reader: Reader, index: number): unknown {
  reader.scanner.at = index;
  return value(reader, 0);
}

function value(reader: Reader, depth: number): unknown {
  const { scanner } = reader;
  scanner.space();
  const read = depth > maxDepth ? unread : literal(reader, depth);
  scanner.space();
  // Types are ignored.
  scanner.skip(/(?:as|satisfies)\b[^,;)\]}\n]*/y);
  scanner.space();
  if (scanner.ended || /[,;)\]}]/.test(scanner.peek() ?? "")) return read;
  // After a declaration on its own line, anything may follow.
  if (depth === 0 && scanner.startsLine()) return read;
  scanner.expression();
  return unread;
}

function literal(reader: Reader, depth: number): unknown {
  const { scanner, constants } = reader;
  const next = scanner.peek();
  if (next === '"' || next === "'" || next === "`") return scanner.string() ?? unread;
  if (next === "{") return object(reader, depth);
  if (next === "[") return list(reader, depth);
  if (next === "(") return enclosed(reader, depth);
  const number = scanner.skip(/-?\d[\d_]*(?:\.\d+)?(?![\w.])/y);
  if (number) return Number(number.replaceAll("_", ""));
  const path = scanner.skip(/[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*/y);
  if (path === "true" || path === "false") return path === "true";
  if (path === "null") return null;
  if (path === "require") return required(reader);
  // `defineConfig({ … })`: such a wrapper returns its argument.
  if (path && scanner.peek() === "(" && /^define\w*$/.test(path)) return enclosed(reader, depth);
  return path === "" ? unread : member(constants, path.split("."));
}

function object(reader: Reader, depth: number): unknown {
  const found: Record<string, unknown> = {};
  const isWhole = eachUntil("}", reader.scanner, () => readEntry(found, reader, depth));
  return isWhole ? found : unread;
}

/** A key with its value, or `name` for `name: name`. Everything else is skipped. */
function readEntry(found: Record<string, unknown>, reader: Reader, depth: number): void {
  const { scanner, constants } = reader;
  const quoted = scanner.peek() === '"' || scanner.peek() === "'";
  const key = quoted ? scanner.string() : scanner.skip(/[A-Za-z_$][\w$]*/y);
  scanner.space();
  if (key && scanner.peek() === ":") {
    scanner.at++;
    const read = value(reader, depth + 1);
    if (read !== unread && key !== "__proto__") found[key] = read;
  } else if (key && /[,}]/.test(scanner.peek() ?? "")) {
    const read = member(constants, [key]);
    if (read !== unread) found[key] = read;
  } else scanner.expression();
}

function list(reader: Reader, depth: number): unknown {
  const found: unknown[] = [];
  const isWhole = eachUntil("]", reader.scanner, () => {
    const read = value(reader, depth + 1);
    found.push(read === unread ? undefined : read);
  });
  return isWhole ? found : unread;
}

/** Moves past both brackets and the commas between them. `false` if the closing bracket is missing. */
function eachUntil(bracket: string, scanner: Scanner, read: () => void): boolean {
  scanner.at++;
  for (;;) {
    scanner.space();
    if (scanner.ended) return false;
    if (scanner.peek() === bracket) break;
    read();
    scanner.space();
    if (scanner.peek() === ",") scanner.at++;
    else if (scanner.peek() !== bracket) return false;
  }
  scanner.at++;
  return true;
}

function enclosed(reader: Reader, depth: number): unknown {
  const { scanner } = reader;
  scanner.at++;
  const read = value(reader, depth + 1);
  scanner.space();
  if (scanner.peek() === ",") scanner.expression(true);
  if (scanner.peek() !== ")") return unread;
  scanner.at++;
  return read;
}

function required({ scanner, load }: Reader): unknown {
  const path = scanner.skip(/\(\s*["']\.[^"']*\.json["']\s*\)/y);
  const rest = scanner.skip(/(?:\.[A-Za-z_$][\w$]*)*/y);
  const data = path === "" ? undefined : load(path.replace(/^\(\s*["']|["']\s*\)$/g, ""));
  return data === undefined ? unread : member({ data }, ["data", ...rest.split(".").slice(1)]);
}

function member(from: Readonly<Record<string, unknown>>, path: readonly string[]): unknown {
  let node: unknown = from;
  for (const key of path) {
    if (typeof node !== "object" || node === null || !Object.hasOwn(node, key)) return unread;
    node = (node as Record<string, unknown>)[key];
  }
  return node === undefined ? unread : node;
}
