/** Signs and sends one call of X's API. */

import type { Tools } from "#core/adapter.ts";
import { DeliveryError } from "#core/sending/delivery.ts";
import { untilReset } from "../http/rate-limit.ts";
import { type HttpAnswer, request } from "../http/request.ts";
import { authorization, type Credentials } from "./authorization.ts";

/** @throws DeliveryError for everything but a 2xx. */
export type Call = (
  method: "GET" | "POST" | "DELETE",
  path: string,
  body: object | FormData | undefined,
  signal: AbortSignal,
  /** See `HttpRequest`. */
  more?: { harmless?: boolean; timeoutMs?: number; mostBytes?: number },
) => Promise<HttpAnswer>;

export function openCall(
  api: string,
  credentials: Credentials,
  { fetch, clock }: Pick<Tools, "fetch" | "clock">,
): Call {
  return async (method, path, body, signal, more = {}) => {
    const url = `${api.replace(/\/$/, "")}${path}`;
    const isForm = body instanceof FormData;
    return request({
      fetch,
      url,
      method,
      headers: {
        authorization: authorization(method, url, credentials, { now: clock.now() }),
        ...(body && !isForm && { "content-type": "application/json" }),
      },
      ...(body && { body: isForm ? body : JSON.stringify(body) }),
      ...more,
      secrets: Object.values(credentials),
      waitSeconds: (_body, headers) => {
        const ms = untilReset(headers, clock.now());
        return ms === null || headers.has("retry-after") ? null : ms / 1000;
      },
      signal,
    }).catch((error: unknown) => {
      throw sharper(error);
    });
  };
}

/** A 403 mostly concerns the app, but a text that X has seen a while ago is this text's own fault. */
function sharper(error: unknown): unknown {
  if (!(error instanceof DeliveryError) || error.failure.status !== 403) return error;
  if (!/duplicate content/i.test(error.message)) return error;
  const message = "X refused the post as a duplicate of a recent one. Check there: the other post may be this one.";
  return new DeliveryError({ ...error.failure, scope: "recipient", code: "duplicate", message }, { cause: error });
}
