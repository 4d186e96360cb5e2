/** Finds out who calls the API: with the admin's token, or with one that was created for a program. */

import type { Context, MiddlewareHandler } from "hono";
import { PostriderError } from "#core/errors.ts";
import { permissions } from "#core/people/permission.ts";
import type { KeyedRequest } from "#core/requests/request.ts";
import type { Act, Actor } from "#desk/act.ts";
import { holderOf } from "#desk/people/actors.ts";
import type { DeskPorts } from "#desk/ports.ts";
import { isSameSecret } from "../same-secret.ts";

/** The reason of an act, if the caller gives none. */
export const defaultReason = "through the API";

/** Whoever has `POSTRIDER_API_TOKEN`. */
const admin: Actor = { name: "api", door: "token", permissions, isLocal: false };

/** @param token - the admin's; `null`: there is none. @throws PostriderError `unauthorized` for a caller whom nobody knows */
export function identifyCaller(token: string | null, desk: Pick<DeskPorts, "tokens">): MiddlewareHandler {
  return async (context, next) => {
    const given = context.req.header("authorization") ?? "";
    const actor = token && isSameSecret(given, `Bearer ${token}`) ? admin : await holderOf(bearer(given), desk);
    if (!actor) throw unknownCaller(given);
    context.set("actor", actor);
    return next();
  };
}

/** Who was identified. */
export function actorOf(context: Context): Actor {
  return context.get("actor") as Actor;
}

/** The name under which requests with an `Idempotency-Key` are kept. */
export function callerName(context: Context): string {
  return actorOf(context).name;
}

/** The caller of a request that does this act. */
export function callerOf(context: Context, { needs }: Pick<Act, "needs">): Actor {
  // Other answers may hold personal data or secrets. Their acts can be done again without harm.
  if (needs === "publish" || needs === "operate") context.set("keepsAnswer", true);
  const request = context.get("request") as KeyedRequest | undefined;
  return { ...actorOf(context), ...(request && { request }) };
}

/** RFC 6750: the name of the scheme is not case-sensitive. */
function bearer(given: string): string {
  return /^Bearer +(\S+)$/i.exec(given)?.[1] ?? "";
}

/** Says the same of a token that is wrong, expired or revoked: only an admin may know which. */
function unknownCaller(given: string): PostriderError {
  if (given === "")
    return new PostriderError("unauthorized", 'Send an API token as "Authorization: Bearer …"', {
      hint: "`postrider tokens create` makes one.",
    });
  return new PostriderError("unauthorized", "This token is not valid", { hint: "Ask an admin for a new one." });
}
