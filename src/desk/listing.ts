/** Acts that list something page by page. All lists have the same parameters and the same answer. */

import { z } from "zod";
import { PostriderError } from "#core/errors.ts";
import { type Listed, readCursor, writeCursor } from "#core/listings/cursor.ts";
import { defaultLimit, type Found, mostItems, type Page, type Slice } from "#core/listings/page.ts";
import type { LimitKind } from "#core/people/limits.ts";
import type { Permission } from "#core/people/permission.ts";
import { type Act, type Actor, act } from "./act.ts";

/** The parameters of every list. */
export const pageFields = {
  limit: z
    .int()
    .min(1)
    .max(mostItems)
    .default(defaultLimit)
    .describe(`The greatest number of items, 1 to ${mostItems}`)
    .meta({ examples: [20] }),
  cursor: z
    .string()
    .min(1)
    .max(2_000)
    .optional()
    .describe("`next` of the previous page. It only fits the same list and the same filter"),
};

export type PageAsked<Filter extends z.ZodRawShape> = z.ZodObject<Filter & typeof pageFields, z.core.$strict>;
export type PageAnswered<Item extends z.ZodType> = z.ZodObject<
  { items: z.ZodArray<Item>; next: z.ZodNullable<z.ZodString> },
  z.core.$strict
>;

export interface Listing<Filter extends z.ZodRawShape, Item extends z.ZodType, Row, Ports> {
  /** As in its address. Cursors of other lists are refused. */
  list: string;
  needs: Permission;
  /** The limits within which `find` keeps. Absent: none, and whoever has limits may not read the list. */
  within?: readonly LimitKind[];
  filter: Filter;
  item: Item;
  /** The form of its keys. */
  keys: RegExp;
  find(filter: z.output<z.ZodObject<Filter>>, slice: Slice, ports: Ports, actor: Actor): Promise<Found<Row>>;
}

/** The answer's `items` are rows that already are documents. */
export function listing<Filter extends z.ZodRawShape, Item extends z.ZodType, Row extends z.input<Item>, Ports>({
  list,
  needs,
  within = [],
  filter: fields,
  item,
  keys,
  find,
}: Listing<Filter, Item, Row, Ports>): Act<PageAsked<Filter>, Page<Row>, Ports, PageAnswered<Item>> {
  return act({
    name: `${list}.page`,
    looks: true,
    asks: z.strictObject({ ...fields, ...pageFields }) as PageAsked<Filter>,
    needs,
    within,
    answers: z.strictObject({
      items: z.array(item),
      next: z
        .string()
        .nullable()
        .describe("The cursor of the next page; null at the end. Only this tells whether there is a next page"),
    }) as PageAnswered<Item>,
    async run(asked, actor: Actor, ports: Ports): Promise<Page<Row>> {
      const { limit, cursor, ...filter } = asked as { limit: number; cursor?: string } & z.output<z.ZodObject<Filter>>;
      const listed: Listed = { list, filter, keys };
      const after = cursor === undefined ? null : readCursor(listed, cursor);
      const found = await find(filter as z.output<z.ZodObject<Filter>>, { after, limit }, ports, actor);
      return { items: found.items, next: found.after === null ? null : writeCursor(listed, found.after) };
    },
    document: (page) => page as z.input<PageAnswered<Item>>,
  });
}

export const keyForms = {
  /** A row's number. */
  number: /^\d{1,18}$/,
  /** Microseconds and an id. */
  timed: /^\d{1,18} [^\0]{1,500}$/,
  /** Microseconds and a UUID. */
  timedUuid: /^\d{1,18} [0-9a-f-]{36}$/,
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @throws PostriderError `not_found` for the id of something else */
export function requireUuid(id: string, kind: string): void {
  if (uuid.test(id)) return;
  throw new PostriderError("not_found", `There is no ${kind} "${id}"`, { hint: `Ids of a ${kind} are UUIDs.` });
}

/** @throws PostriderError `not_found` for the id of something else */
export function requireNumber(id: string, kind: string): void {
  if (keyForms.number.test(id)) return;
  throw new PostriderError("not_found", `There is no ${kind} "${id}"`, { hint: `Ids of a ${kind} are numbers.` });
}
