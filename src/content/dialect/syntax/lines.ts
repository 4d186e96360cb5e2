/** Finds the line of an offset. */

/** Finds lines of ascending offsets in one pass; a smaller offset starts again. */
export function lineCounter(text: string): (offset: number) => number {
  let at = 0;
  let line = 1;
  return (offset) => {
    if (offset < at) [at, line] = [0, 1];
    for (let next = text.indexOf("\n", at); next !== -1 && next < offset; next = text.indexOf("\n", at)) {
      at = next + 1;
      line++;
    }
    return line;
  };
}
