/** Builds statements whose parts each bring their own values. */

/** Adds a value to a statement, and returns its place. */
export type Parameter = (value: unknown, type: string) => string;

/** @param before - values that are already part of the statement. */
export function parameters(before: unknown[] = []): { values: unknown[]; parameter: Parameter } {
  const values = before;
  return { values, parameter: (value, type) => `$${values.push(value)}::${type}` };
}

/** Above every id. */
export const lastId = "9223372036854775807";

/** How far one page looks, if no index fits the filter. The next page looks further. */
export interface Reach {
  /** Entries in all. */
  entries: number;
  /** Publications to look into. */
  publications: number;
}

/** Takes about 25 ms. */
export const usualReach: Reach = { entries: 5_000, publications: 100 };
