/** Finds the line of an offset. */

/** Lines of ascending offsets, in one walk; an earlier offset starts it anew. */
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
