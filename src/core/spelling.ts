/** Suggests the nearest known spelling of a wrong key or name. */

/** `did you mean "from"?`, or nothing when no candidate is near. */
export function suggestion(wrong: string, candidates: Iterable<string>): string {
  const near = nearest(wrong, candidates);
  return near && `did you mean "${near}"?`;
}

/** The nearest candidate; empty if none is near. At most a third of the letters may differ, or the wrong name is the beginning of it. */
export function nearest(wrong: string, candidates: Iterable<string>): string {
  let best = "";
  let bestDistance = Math.max(1, Math.floor(wrong.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(wrong.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  if (wrong.length >= 3) best ||= [...candidates].find((candidate) => candidate.startsWith(wrong.toLowerCase())) ?? "";
  return best;
}

/** Levenshtein's distance with swapped neighbours counted once. */
function editDistance(a: string, b: string): number {
  let previous: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (previous[j - 2] ?? 0) + 1 : Infinity;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitution, swap));
    }
    [previous, row] = [row, next];
  }
  return row[b.length] ?? 0;
}
