/**
 * `Idempotency-Key`: a POST that comes again with the same key gets the answer of the first one, and nothing is done
 * twice (draft-ietf-httpapi-idempotency-key-header-07).
 */

import { createHash } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { PostriderError } from "#core/errors.ts";
import type { KeptAnswer, RequestBook } from "#core/requests/request.ts";
import { claim, whileClaimed } from "../claim.ts";

/** Visible ASCII. The draft's quotes are optional. */
const validKey = /^[\x21-\x7e]{1,255}$/;

/** @param refuse - answers with a problem. @param actorOf - the name of the caller */
export function answeredOnce(
  requests: RequestBook,
  actorOf: (context: Context) => string,
  refuse: (context: Context, error: PostriderError, status?: 422) => Response,
): MiddlewareHandler {
  return async (context, next) => {
    const key = context.req.header("idempotency-key");
    if (key === undefined || context.req.method !== "POST") return next();
    if (!validKey.test(key))
      return refuse(context, new PostriderError("invalid", "The Idempotency-Key must be 1 to 255 visible characters"));
    const begun = await claim(requests, { actor: actorOf(context), key, digest: await digestOf(context) });
    if (begun.kind === "answered") return kept(begun.answer);
    if (begun.kind === "different")
      return refuse(context, new PostriderError("invalid", "This Idempotency-Key was used for another request"), 422);
    if (begun.kind === "busy")
      return refuse(
        context,
        new PostriderError("conflict", "The request with this Idempotency-Key is still being carried out", {
          hint: "Ask again with the same key in a few seconds.",
        }),
      );
    context.set("request", { id: begun.id });
    await whileClaimed(begun.id, requests, async () => {
      await next();
      return answerOf(context);
    });
  };
}

/** `null` for what was not done: the same key may then be used again. Answers with personal data or secrets are not kept. */
async function answerOf(context: Context): Promise<KeptAnswer | null> {
  const { res } = context;
  if (!res.ok || context.get("keepsAnswer") !== true) return null;
  return { status: res.status, type: res.headers.get("content-type") ?? "", body: await res.clone().text() };
}

function kept({ status, type, body }: KeptAnswer): Response {
  return new Response(body, { status, headers: { "content-type": type, "idempotent-replayed": "true" } });
}

async function digestOf({ req }: Context): Promise<string> {
  return createHash("sha256")
    .update(`${req.method} ${req.path}\n${await req.text()}`)
    .digest("hex");
}
