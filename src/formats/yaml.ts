/** YAML with line numbers: the only YAML parser for front matter, `postrider.yaml`, themes and jobs. */

import { isCollection, isMap, isScalar, LineCounter, type Node, parseDocument } from "yaml";

export interface YamlDocument {
  value: unknown;
  /** Line, counted from 1, of the value at `path`, or of its nearest parent that exists. */
  lineOf(path: readonly (string | number)[]): number;
  /** Tolerated mistakes: duplicate keys, where the last one counts. */
  twice: { key: string; line: number }[];
  /** Values of the outermost mapping that YAML reads only in part: ` # a comment`, `&anchor`, `!tag`. */
  cut: { key: string; line: number; mark: string }[];
}

/** The text is not YAML. `line` counts from 1 in the text given. */
export class YamlError extends Error {
  override readonly name = "YamlError";
  readonly line: number;
  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/**
 * Parses one document with the core schema of YAML 1.2: dates and `yes` stay strings, nothing is evaluated. With
 * `numbers: "text"` numbers also stay strings, as they are written: `1.10` is a version, and 19 digits are an id.
 * The library refuses alias bombs (more than 100 resolved aliases) by throwing, which is a `YamlError` here too.
 */
export function parseYaml(text: string, { numbers = "read" }: { numbers?: "read" | "text" } = {}): YamlDocument {
  const counter = new LineCounter();
  const document = parseDocument(text, {
    schema: "core",
    ...(numbers === "text" && {
      customTags: (tags) => tags.filter((tag) => typeof tag === "string" || !/:(?:int|float)$/.test(tag.tag)),
    }),
    uniqueKeys: false,
    lineCounter: counter,
    prettyErrors: false,
    // The caller reports errors, so the parser must not print them.
    logLevel: "error",
  });
  const lineAt = (offset: number): number => counter.linePos(offset).line;
  const [error] = document.errors;
  if (error) throw new YamlError(error.message, lineAt(error.pos[0]));
  const nodeLine = (node: unknown): number | undefined => {
    const start = (node as Node | null)?.range?.[0];
    return start === undefined ? undefined : lineAt(start);
  };
  const value = (() => {
    try {
      return document.toJS({ maxAliasCount: 100 }) as unknown;
    } catch (cause) {
      throw new YamlError(cause instanceof Error ? cause.message : String(cause), 1);
    }
  })();
  return {
    value,
    lineOf(path) {
      let line = 1;
      let node: unknown = document.contents;
      for (const key of path) {
        if (!isCollection(node)) break;
        line = keyLine(node, key, nodeLine) ?? line;
        node = node.get(key, true);
      }
      return line;
    },
    twice: duplicateKeys(document.contents, nodeLine),
    cut: cutValues(document.contents, nodeLine),
  };
}

function cutValues(root: unknown, nodeLine: (node: unknown) => number | undefined): YamlDocument["cut"] {
  if (!isMap(root)) return [];
  return root.items.flatMap(({ key, value }) => {
    if (!isScalar(value)) return [];
    const { comment, anchor, tag, type } = value;
    const mark = anchor ? `&${anchor}` : tag?.startsWith("!") ? tag : comment && type === "PLAIN" ? `#${comment}` : "";
    return mark === "" ? [] : [{ key: keyName(key), line: nodeLine(key) ?? 1, mark }];
  });
}

/** The line of a mapping's key, because an empty value has no position. */
function keyLine(node: unknown, key: string | number, nodeLine: (node: unknown) => number | undefined) {
  const items = (node as { items: unknown[] }).items;
  if (typeof key === "number") return nodeLine(items[key]);
  const pairs = items.filter(isPair).filter((pair) => keyName(pair.key) === key);
  return nodeLine(pairs.at(-1)?.key);
}

function duplicateKeys(root: unknown, nodeLine: (node: unknown) => number | undefined): YamlDocument["twice"] {
  const twice: YamlDocument["twice"] = [];
  const visit = (node: unknown): void => {
    if (!isCollection(node)) return;
    const seen = new Set<string>();
    for (const item of node.items) {
      if (!isPair(item)) {
        visit(item);
        continue;
      }
      const name = keyName(item.key);
      if (seen.has(name)) twice.push({ key: name, line: nodeLine(item.key) ?? 1 });
      seen.add(name);
      visit(item.value);
    }
  };
  visit(root);
  return twice;
}

function isPair(item: unknown): item is { key: unknown; value: unknown } {
  return typeof item === "object" && item !== null && "key" in item && "value" in item;
}

function keyName(key: unknown): string {
  return String((key as { value?: unknown } | null)?.value ?? key);
}
