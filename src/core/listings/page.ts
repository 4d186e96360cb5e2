/** Pages of long lists. A page begins after a key, so that new entries don't move the entries of later pages. */

/** Which part of a list to read. */
export interface Slice {
  /** The key after which to begin; `null`: at the beginning. */
  after: string | null;
  /** The greatest number of items. */
  limit: number;
}

export interface Found<Item> {
  items: Item[];
  /**
   * The key after which the next page begins; `null` at the end of the list. A page can have fewer items than its limit
   * and still not be the last one.
   */
  after: string | null;
}

export interface Page<Item> {
  items: Item[];
  /** The cursor of the next page. */
  next: string | null;
}

export const defaultLimit = 50;
export const mostItems = 200;

/** @param rows - one row more than the limit, if there are so many. @param keyOf - must be unique, and never change. */
export function foundIn<Row>(rows: readonly Row[], limit: number, keyOf: (row: Row) => string): Found<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, after: rows.length > limit && last ? keyOf(last) : null };
}

/** A page of what is few, and all in memory. @param keyOf - must be unique */
export function pageOf<Row>(all: readonly Row[], { after, limit }: Slice, keyOf: (row: Row) => string): Found<Row> {
  const from = after === null ? 0 : all.findIndex((row) => keyOf(row) === after) + 1;
  return foundIn(all.slice(from, from + limit + 1), limit, keyOf);
}
