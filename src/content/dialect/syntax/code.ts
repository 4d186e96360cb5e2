/** Finds code and comments, where syntax is shown and must not be converted. */

/** Beginning and end, in UTF-16 units, of a part that must not be changed. */
export interface Range {
  start: number;
  end: number;
  kind: "fence" | "span" | "comment";
  /** `false` for an unclosed fence, which continues to the end. */
  isClosed?: false;
}

/** Fences, code spans and HTML comments of a body, in order. Linear in its length, and cached for the last body. */
export function protectedRanges(body: string): readonly Range[] {
  if (last.body !== body) last = { body, ranges: findRanges(body) };
  return last.ranges;
}

let last: { body: string; ranges: readonly Range[] } = { body: "", ranges: [] };

function findRanges(body: string): Range[] {
  const ranges: Range[] = [];
  let fence: { mark: string; start: number } | null = null;
  let paragraph = -1;
  let comment = -1;
  let at = 0;
  const closeParagraph = (end: number): void => {
    if (paragraph !== -1) ranges.push(...spans(body, paragraph, end));
    paragraph = -1;
  };
  for (const line of body.split("\n")) {
    const end = at + line.length;
    if (comment !== -1) {
      const close = line.indexOf("-->");
      if (close !== -1) {
        ranges.push({ start: comment, end: at + close + 3, kind: "comment" });
        comment = -1;
      }
    } else if (fence) {
      const close = /^[ \t>]*(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1];
      if (close?.startsWith(fence.mark)) {
        ranges.push({ start: fence.start, end, kind: "fence" });
        fence = null;
      }
    } else {
      const mark = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1];
      if (mark) {
        closeParagraph(at);
        fence = { mark, start: at };
      } else if (/^ {0,3}<!--/.test(line)) {
        closeParagraph(at);
        const begin = at + line.indexOf("<!--");
        const close = line.indexOf("-->", begin - at + 4);
        if (close === -1) comment = begin;
        else ranges.push({ start: begin, end: at + close + 3, kind: "comment" });
      } else if (line.trim() === "") closeParagraph(at);
      else if (paragraph === -1) paragraph = at;
    }
    at = end + 1;
  }
  closeParagraph(body.length);
  if (fence) ranges.push({ start: fence.start, end: body.length, kind: "fence", isClosed: false });
  return ranges.sort((one, other) => one.start - other.start);
}

/** Code spans by CommonMark §6.1: a run of backticks up to the next run of the same length. */
function spans(body: string, from: number, to: number): Range[] {
  const runs = [...body.slice(from, to).matchAll(/`+/g)].map((match) => ({
    start: from + match.index,
    length: match[0].length,
  }));
  const next = new Map<number, number>();
  const partner: number[] = [];
  for (let index = runs.length - 1; index >= 0; index--) {
    const length = runs[index]?.length ?? 0;
    partner[index] = next.get(length) ?? -1;
    next.set(length, index);
  }
  const found: Range[] = [];
  for (let index = 0; index < runs.length; index++) {
    const [open, close] = [runs[index], runs[partner[index] ?? -1]];
    if (!open || !close || body[open.start - 1] === "\\") continue;
    found.push({ start: open.start, end: close.start + close.length, kind: "span" });
    index = partner[index] ?? index;
  }
  return found;
}

/** Tells whether an offset lies in one of the ranges. Ask in ascending order: the whole walk is linear. */
export function walkRanges(ranges: readonly Range[]): (offset: number) => Range | undefined {
  let index = 0;
  return (offset) => {
    while (index < ranges.length && (ranges[index]?.end ?? 0) <= offset) index++;
    const range = ranges[index];
    return range && range.start <= offset ? range : undefined;
  };
}

/** Changes the parts outside the ranges, one by one. */
export function outside(
  text: string,
  ranges: readonly Range[],
  change: (piece: string, start: number) => string,
): string {
  let result = "";
  let at = 0;
  for (const { start, end } of ranges) {
    if (start < at) continue;
    result += change(text.slice(at, start), at) + text.slice(start, end);
    at = end;
  }
  return result + change(text.slice(at), at);
}
