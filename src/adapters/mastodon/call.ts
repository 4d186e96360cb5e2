/** Calls a server that has Mastodon's API as one account. */

import type { Tools } from "#core/adapter.ts";
import { DeliveryError } from "#core/sending/delivery.ts";
import { untilReset } from "../http/rate-limit.ts";
import { type HttpAnswer, type HttpRequest, request } from "../http/request.ts";

/** @throws DeliveryError for everything but a 2xx. */
export type Call = (
  method: HttpRequest["method"],
  path: string,
  signal: AbortSignal,
  more?: Pick<HttpRequest, "body" | "headers" | "harmless" | "mostBytes" | "timeoutMs">,
) => Promise<HttpAnswer>;

export function openCall(server: string, token: string, { fetch, clock }: Pick<Tools, "fetch" | "clock">): Call {
  return (method, path, signal, more = {}) =>
    request({
      fetch,
      url: `${server.replace(/\/$/, "")}${path}`,
      method,
      // What an instance says of itself is long, with its rules in every language.
      mostBytes: 1024 * 1024,
      ...more,
      headers: { authorization: `Bearer ${token}`, ...more.headers },
      secrets: [token],
      waitSeconds: (_body, headers) => {
        const ms = untilReset(headers, clock.now());
        return ms === null || headers.has("retry-after") ? null : ms / 1000;
      },
      signal,
    });
}

export function isGone(error: unknown): error is DeliveryError {
  return error instanceof DeliveryError && (error.failure.status === 404 || error.failure.status === 410);
}

/** Asked for something that this software doesn't have. */
export function isUnknown(error: unknown): boolean {
  return isGone(error) || (error instanceof DeliveryError && [405, 501].includes(error.failure.status ?? 0));
}
