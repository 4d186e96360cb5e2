/** Who calls the API. */

import type { Context } from "hono";
import { permissions } from "#core/people/permission.ts";
import type { KeyedRequest } from "#core/requests/request.ts";
import type { Act, Actor } from "#desk/act.ts";

/** Whoever has the token of the site. */
const caller: Actor = { name: "api", door: "token", permissions, isLocal: false };

/** The name under which requests with an `Idempotency-Key` are kept. */
export function callerName(_: Context): string {
  return caller.name;
}

/** The caller of a request that does this act. */
export function callerOf(context: Context, { needs }: Pick<Act, "needs">): Actor {
  // Other answers may hold personal data or secrets. Their acts can be done again without harm.
  if (needs === "publish" || needs === "operate") context.set("keepsAnswer", true);
  const request = context.get("request") as KeyedRequest | undefined;
  return { ...caller, ...(request && { request }) };
}

/** The reason of an act, if the caller gives none. */
export const defaultReason = "through the API";
