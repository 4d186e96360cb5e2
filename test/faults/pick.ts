/** So many of them, none twice. */
export function pick<T>(from: readonly T[], count: number, random: () => number): T[] {
  return from
    .map((value) => ({ value, key: random() }))
    .sort((a, b) => a.key - b.key)
    .slice(0, count)
    .map(({ value }) => value);
}
