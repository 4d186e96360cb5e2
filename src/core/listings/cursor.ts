/** The cursor of a page: where the next page begins. It only fits the list and the filter that it was made for. */

import { PostriderError } from "#core/errors.ts";
import { sha256 } from "#core/sending/idempotency.ts";

/** The list and the filter that a cursor belongs to. */
export interface Listed {
  list: string;
  filter: object;
  /** The form of the list's keys. A changed cursor must not reach the database. */
  keys: RegExp;
}

export function writeCursor({ list, filter }: Listed, key: string): string {
  return Buffer.from(JSON.stringify([list, fingerprint(filter), key])).toString("base64url");
}

/** Returns the key. @throws PostriderError `invalid` */
export function readCursor({ list, filter, keys }: Listed, cursor: string): string {
  const [ofList, ofFilter, key] = partsOf(cursor);
  if (ofList === undefined || key === undefined) throw refusal("The cursor is not valid");
  if (ofList !== list) throw refusal(`This cursor belongs to the list "${ofList}", not to "${list}"`);
  if (ofFilter !== fingerprint(filter)) throw refusal("This cursor belongs to another filter of the same list");
  if (!keys.test(key)) throw refusal("The cursor is not valid");
  return key;
}

function partsOf(cursor: string): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (Array.isArray(parts) && parts.length === 3 && parts.every((part) => typeof part === "string")) return parts;
  } catch {
    // It is refused below.
  }
  return [];
}

function refusal(message: string): PostriderError {
  return new PostriderError("invalid", message, {
    hint: "Use `next` of the previous page unchanged, with the same filter, or start without a cursor.",
  });
}

function fingerprint(filter: object): string {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  return sha256(JSON.stringify(given.sort(([one], [other]) => (one < other ? -1 : 1)))).slice(0, 12);
}
