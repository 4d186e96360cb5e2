/** Finds interfaces and functions in source text, with their lines. */

export interface Block {
  /** `file#name`. */
  name: string;
  /** From the signature to the closing brace. */
  lines: string[];
}

/** Blocks that begin in the first column. The formatter has laid them out. @param pattern - its first group is the name */
export function blocksIn(texts: ReadonlyMap<string, string>, pattern: RegExp): Block[] {
  return [...texts].flatMap(([file, text]) => {
    const lines = text.split("\n");
    return lines.flatMap((line, begin) => {
      const name = pattern.exec(line)?.[1];
      if (name === undefined || line.endsWith("{}")) return [];
      const length = lines.slice(begin).findIndex((each) => /^[})]/.test(each) && !/^\).*\{$/.test(each));
      return length > 0 ? [{ name: `${file}#${name}`, lines: lines.slice(begin, begin + length + 1) }] : [];
    });
  });
}

export function functionsIn(texts: ReadonlyMap<string, string>): Block[] {
  return blocksIn(texts, /^(?:export )?(?:async )?function\*? (\w+)/);
}
