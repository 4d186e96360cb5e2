/** Reads literal values from a JavaScript or TypeScript configuration without running it. */

export interface LiteralFile {
  /** What the file exports; what isn't a literal is missing in it. */
  exported: unknown;
  /** Literals of the outermost `const`s by name, exported or not. */
  constants: Readonly<Record<string, unknown>>;
}

/** A value that only running the file would tell. */
const unread = Symbol("unread");

/** Longer files are no configuration. */
const maxLength = 500_000;
const maxDepth = 50;

/** @param load - gives the data of a JSON file that is imported or required by a relative path; `undefined` where there is none. */
export function readLiterals(source: string, load: (path: string) => unknown = () => undefined): LiteralFile {
  if (source.length > maxLength) return { exported: undefined, constants: {} };
  const constants: Record<string, unknown> = Object.create(null);
  for (const [, name = "", path = ""] of source.matchAll(/^\s*import\s+(\w+)\s+from\s+["'](\.[^"']*\.json)["']/gm))
    constants[name] = load(path);
  const reader = openReader(source, constants, load);
  for (const match of source.matchAll(/^(?:export\s+)?(?:const|let|var)\s+(\w+)\s*(?::[^=\n]+)?=(?![=>])/gm)) {
    const value = reader.valueAt(match.index + match[0].length);
    if (value !== unread) constants[match[1] ?? ""] = value;
  }
  const start = /^\s*(?:module\.exports\s*=|export\s+default\b|export\s*=)/m.exec(source);
  const found = start ? reader.valueAt(start.index + start[0].length) : unread;
  if (found !== unread) return { exported: found, constants };
  // A function that makes it: what it returns last.
  const returned = [...source.matchAll(/\breturn\s*\(?\s*(?=\{)|=>\s*\(\s*(?=\{)/g)].at(-1);
  const made = returned ? reader.valueAt(returned.index + returned[0].length) : unread;
  return { exported: made === unread ? undefined : made, constants };
}

function openReader(text: string, constants: Readonly<Record<string, unknown>>, load: (path: string) => unknown) {
  let at = 0;
  const skip = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const [found = ""] = pattern.exec(text) ?? [];
    at += found.length;
    return found;
  };
  const space = (): string => skip(/(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y);

  const value = (depth: number): unknown => {
    space();
    const read = depth > maxDepth ? unread : literal(depth);
    space();
    // Types say nothing about the value.
    if (/^(?:as|satisfies)\b/.test(text.slice(at, at + 10))) skip(/[^,;)\]}\n]*/y);
    space();
    if (at >= text.length || /[,;)\]}]/.test(text[at] ?? "")) return read;
    // On a line of its own, a declaration is followed by anything.
    if (depth === 0 && text.slice(0, at).trimEnd().length < text.lastIndexOf("\n", at - 1) + 1) return read;
    expression();
    return unread;
  };

  const literal = (depth: number): unknown => {
    const next = text[at];
    if (next === '"' || next === "'" || next === "`") return string();
    if (next === "{") return object(depth);
    if (next === "[") return list(depth);
    if (next === "(") return enclosed(depth);
    const number = skip(/-?\d[\d_]*(?:\.\d+)?(?![\w.])/y);
    if (number) return Number(number.replaceAll("_", ""));
    const path = skip(/[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*/y);
    if (path === "true" || path === "false") return path === "true";
    if (path === "null") return null;
    if (path === "require") return required();
    // `defineConfig({ … })`: what a wrapper is given is what it gives back.
    if (path && text[at] === "(" && /^define\w*$/.test(path)) return enclosed(depth);
    return path === "" ? unread : member(constants, path.split("."));
  };

  const string = (): unknown => {
    const quote = text[at];
    const raw =
      quote === "`"
        ? skip(/`(?:[^`\\]|\\[\s\S])*`/y)
        : quote === '"'
          ? skip(/"(?:[^"\\\n]|\\[\s\S])*"/y)
          : skip(/'(?:[^'\\\n]|\\[\s\S])*'/y);
    // The folder of the file is the only thing that such a template needs to know.
    const inside = raw.slice(1, -1).replace(/^\$\{__dirname\}\/?/, "");
    if (raw === "" || (quote === "`" && inside.includes("${"))) return unread;
    return inside.replace(/\\(u\{[\da-f]+\}|u[\da-f]{4}|x[\da-f]{2}|[\s\S])/gi, (_, escaped: string) => plain(escaped));
  };

  const object = (depth: number): unknown => {
    const found: Record<string, unknown> = {};
    at++;
    for (;;) {
      space();
      if (at >= text.length) return unread;
      if (text[at] === "}") break;
      const quoted = text[at] === '"' || text[at] === "'";
      const key = quoted ? string() : skip(/[A-Za-z_$][\w$]*/y);
      space();
      if (typeof key === "string" && key !== "" && text[at] === ":") {
        at++;
        const read = value(depth + 1);
        if (read !== unread && key !== "__proto__") found[key] = read;
      } else if (typeof key === "string" && key !== "" && /[,}]/.test(text[at] ?? "")) {
        const read = member(constants, [key]);
        if (read !== unread) found[key] = read;
      } else expression();
      space();
      if (text[at] === ",") at++;
      else if (text[at] !== "}") return unread;
    }
    at++;
    return found;
  };

  const list = (depth: number): unknown => {
    const found: unknown[] = [];
    at++;
    for (;;) {
      space();
      if (at >= text.length) return unread;
      if (text[at] === "]") break;
      const read = value(depth + 1);
      found.push(read === unread ? undefined : read);
      space();
      if (text[at] === ",") at++;
      else if (text[at] !== "]") return unread;
    }
    at++;
    return found;
  };

  const enclosed = (depth: number): unknown => {
    at++;
    const read = value(depth + 1);
    space();
    if (text[at] === ",") expression(true);
    if (text[at] !== ")") return unread;
    at++;
    return read;
  };

  const required = (): unknown => {
    const path = skip(/\(\s*["']\.[^"']*\.json["']\s*\)/y);
    const rest = skip(/(?:\.[A-Za-z_$][\w$]*)*/y);
    const data = path === "" ? undefined : load(path.replace(/^\(\s*["']|["']\s*\)$/g, ""));
    return data === undefined ? unread : member({ data }, ["data", ...rest.split(".").slice(1)]);
  };

  /** Over what can't be read, to the comma or bracket that ends it. @param commas - over commas as well */
  const expression = (commas = false): void => {
    let depth = 0;
    while (at < text.length) {
      if (space() !== "") continue;
      const next = text[at] ?? "";
      if (depth === 0 && (/[)\]};]/.test(next) || (!commas && next === ","))) return;
      if (/["'`]/.test(next)) {
        const before = at;
        string();
        if (at === before) at++;
        continue;
      }
      if (/[([{]/.test(next)) depth++;
      if (/[)\]}]/.test(next)) depth--;
      at++;
    }
  };

  return {
    valueAt(index: number): unknown {
      at = index;
      return value(0);
    },
  };
}

function member(from: Readonly<Record<string, unknown>>, path: readonly string[]): unknown {
  let node: unknown = from;
  for (const key of path) {
    if (typeof node !== "object" || node === null || !Object.hasOwn(node, key)) return unread;
    node = (node as Record<string, unknown>)[key];
  }
  return node === undefined ? unread : node;
}

function plain(escaped: string): string {
  const code = /^(?:u\{?|x)([\da-f]+)\}?$/i.exec(escaped)?.[1];
  if (code) return String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff));
  return { n: "\n", t: "\t", r: "\r" }[escaped] ?? (escaped === "\n" ? "" : escaped);
}
