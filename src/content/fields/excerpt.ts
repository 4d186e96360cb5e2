/** Finds the text above the author's excerpt mark. */

export interface Excerpt {
  /** With the reference definitions that it may use. */
  text: string;
  /** The line of the mark in the body. */
  line: number;
  /** Whether the mark has its own line, so that no paragraph continues after it. */
  isAlone: boolean;
}

/** The text before the first mark outside code; `null` without a mark. */
export function excerptOf(body: string, marks: readonly string[]): Excerpt | null {
  const names = marks.join("|");
  // A comment with too few or typographic dashes is text, but the author meant a mark.
  const comment = `<![-–—]{1,2}[ \\t]{0,20}(?:${names})[ \\t]{0,20}[-–—]{1,2}>`;
  const mark = new RegExp(`${comment}|\\{/\\*[ \\t]{0,20}(?:${names})[ \\t]{0,20}\\*/\\}`, "i");
  if (!mark.test(body)) return null;
  const lines = body.split("\n");
  let fence: string | null = null;
  for (const [index, line] of lines.entries()) {
    const ticks = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (ticks && fence === null) fence = ticks;
    else if (ticks && fence !== null && ticks[0] === fence[0] && ticks.length >= fence.length) fence = null;
    if (ticks || fence !== null) continue;
    const at = mark.exec(line.replace(/`+[^`]*`+/g, (code) => " ".repeat(code.length)))?.index;
    if (at === undefined) continue;
    const definitions = lines.slice(index).filter((each) => /^ {0,3}\[[^\]]{1,200}\]:[ \t]*\S/.test(each));
    const text = [...lines.slice(0, index), line.slice(0, at), "", ...definitions].join("\n");
    return { text, line: index + 1, isAlone: line.trim() === line.slice(at).trim() && !lines[index - 1]?.trim() };
  }
  return null;
}
