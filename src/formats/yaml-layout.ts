/** Finds the positions of keys in a YAML mapping, to change one and leave the rest unchanged. */

import { isMap, isSeq, type Node, parseDocument } from "yaml";

export interface YamlEntry {
  key: string;
  /** Offset of the key. */
  from: number;
  /** Offset after the value, or after the colon if there is no value. */
  to: number;
  /** For a list with one item per line: the offset of each item's value. */
  items?: number[];
}

export interface YamlLayout {
  /** Whether the mapping is written as `{…}`, like JSON, instead of one line per key. */
  flow: boolean;
  entries: YamlEntry[];
}

/** The keys of the outermost mapping; `null` if the text is not a mapping. An empty text is a mapping without keys. */
export function yamlLayout(text: string): YamlLayout | null {
  const document = parseDocument(text, { schema: "core", uniqueKeys: false, prettyErrors: false });
  if (document.errors.length > 0) return null;
  const root = document.contents;
  if (root === null || (!isMap(root) && text.replace(/^[ \t]*#.*$/gm, "").trim() === ""))
    return { flow: false, entries: [] };
  if (!isMap(root)) return null;
  const entries = root.items.map(({ key, value }): YamlEntry => {
    const name = key as Node & { value?: unknown };
    const [from = 0, keyEnd = from] = name.range ?? [];
    const end = (value as Node | null)?.range?.[1] ?? text.indexOf(":", keyEnd) + 1;
    // A list with one item per line ends where the next key begins.
    const to = from + text.slice(from, end).trimEnd().length;
    const isBlock = isSeq(value) && !value.flow;
    return {
      key: String(name.value),
      from,
      to,
      ...(isBlock && { items: value.items.map((item) => (item as Node).range?.[0] ?? to) }),
    };
  });
  return { flow: root.flow === true, entries };
}
