/** Speaks to a homeserver as one device; where tokens expire, the next ones are kept (https://spec.matrix.org/latest/client-server-api/#refreshing-access-tokens). */

import { z } from "zod";
import type { Tools } from "#core/adapter.ts";
import { DeliveryError } from "#core/delivery.ts";
import { answered } from "../http/answered.ts";
import { openTokens, type Tokens } from "../http/kept-tokens.ts";
import { type HttpAnswer, type HttpRequest, request } from "../http/request.ts";

export interface Credentials {
  server: string;
  token: string;
  refreshToken?: string | undefined;
}

/** @throws DeliveryError for everything but a 2xx. */
export type Call = (
  method: HttpRequest["method"],
  path: string,
  body: object | undefined,
  signal: AbortSignal,
  /** See `HttpRequest`. */
  harmless?: boolean,
) => Promise<HttpAnswer>;

const refreshed = z.object({ access_token: z.string().min(1), refresh_token: z.string().min(1).optional() });
const throttled = z.object({ retry_after_ms: z.number() });

export function openSession({ server, token, refreshToken }: Credentials, tools: Tools): Call {
  const ask = (
    method: HttpRequest["method"],
    path: string,
    body: object | undefined,
    { access, refresh }: Tokens,
    signal: AbortSignal,
    harmless?: boolean,
  ): Promise<HttpAnswer> =>
    request({
      fetch: tools.fetch,
      url: `${server.replace(/\/$/, "")}/_matrix/client/v3${path}`,
      method,
      headers: { authorization: `Bearer ${access}`, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
      ...(harmless !== undefined && { harmless }),
      secrets: [access, refresh],
      mostBytes: 4 * 1024 * 1024,
      waitSeconds,
      signal,
    });

  const renew = async (old: Tokens, signal: AbortSignal): Promise<Tokens> => {
    const answer = await ask("POST", "/refresh", { refresh_token: old.refresh }, old, signal, true);
    const next = answered(refreshed, answer.text, "Matrix");
    return { access: next.access_token, refresh: next.refresh_token ?? old.refresh };
  };

  return async (method, path, body, signal, harmless) => {
    const given = { access: token, refresh: refreshToken ?? "" };
    const tokens = openTokens(given, tools.keep, tools.clock.now, (old) => renew(old, signal));
    const current = refreshToken ? await tokens.current() : given;
    try {
      return await ask(method, path, body, current, signal, harmless);
    } catch (error) {
      if (!refreshToken || !isUnknownToken(error)) throw error;
      return ask(method, path, body, await tokens.renewed(current), signal, harmless);
    }
  };
}

function isUnknownToken(error: unknown): boolean {
  return error instanceof DeliveryError && error.failure.status === 401 && error.message.includes("M_UNKNOWN_TOKEN");
}

/** Older servers say it in the body alone. */
function waitSeconds(body: string): number | null {
  try {
    return throttled.parse(JSON.parse(body)).retry_after_ms / 1000;
  } catch {
    return null;
  }
}
