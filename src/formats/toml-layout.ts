/** Finds the position of a key in a TOML document, to change it and leave the rest unchanged. */

import { parseToml } from "./toml.ts";

/** Offsets of the lines with the key and its value, outside of all tables; `null` if there are none. */
export function tomlSpan(text: string, key: string): { from: number; to: number } | null {
  const root = text.slice(0, tomlRootEnd(text));
  for (const { index } of root.matchAll(new RegExp(`^[ \\t]*(?:${key}|"${key}"|'${key}')[ \\t]*=`, "gm"))) {
    // Inside a multi-line text it is not a key.
    if (!isToml(root.slice(0, index))) continue;
    for (let to = lineEnd(root, index); ; to = lineEnd(root, to)) {
      if (isToml(root.slice(index, to))) return { from: index, to };
      if (to >= root.length) break;
    }
  }
  return null;
}

/** Where a key can be added: before the first table header. Empty lines before the header stay there. */
export function tomlRootEnd(text: string): number {
  for (const { index } of text.matchAll(/^[ \t]*\[/gm)) {
    const before = text.slice(0, index);
    if (isToml(before)) return before.trimEnd() === "" ? 0 : before.trimEnd().length + 1;
  }
  return text.length;
}

function isToml(text: string): boolean {
  try {
    parseToml(text);
    return true;
  } catch {
    return false;
  }
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end + 1;
}
