/** Speaks to a homeserver as one device; where tokens expire, the next ones are kept (https://spec.matrix.org/latest/client-server-api/#refreshing-access-tokens). */

import { z } from "zod";
import type { Tools } from "#core/adapter.ts";
import { DeliveryError } from "#core/delivery.ts";
import { sha256 } from "#core/idempotency.ts";
import { answered } from "../http/answered.ts";
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
) => Promise<HttpAnswer>;

const refreshed = z.object({ access_token: z.string().min(1), refresh_token: z.string().min(1).optional() });
/** `given` tells whether they come from the tokens that are configured now. */
const kept = z.object({ given: z.string(), token: z.string(), refreshToken: z.string() });
type Kept = z.infer<typeof kept>;
const throttled = z.object({ retry_after_ms: z.number() });

export function openSession({ server, token, refreshToken }: Credentials, tools: Tools): Call {
  const given = sha256(`${token}\n${refreshToken ?? ""}`);
  const configured: Kept = { given, token, refreshToken: refreshToken ?? "" };

  const ours = (value: unknown): Kept => {
    const { data } = kept.safeParse(value);
    return data?.given === given ? data : configured;
  };

  const ask = (
    method: HttpRequest["method"],
    path: string,
    body: object | undefined,
    { token, refreshToken }: Kept,
    signal: AbortSignal,
    harmless?: boolean,
  ): Promise<HttpAnswer> =>
    request({
      fetch: tools.fetch,
      url: `${server.replace(/\/$/, "")}/_matrix/client/v3${path}`,
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
      ...(harmless !== undefined && { harmless }),
      secrets: [token, refreshToken].filter(Boolean),
      mostBytes: 4 * 1024 * 1024,
      waitSeconds,
      signal,
    });

  const renew = async (stale: Kept, signal: AbortSignal): Promise<Kept> => {
    const change = async (value: unknown): Promise<unknown> => {
      const known = ours(value);
      if (known.token !== stale.token) return undefined;
      const answer = await ask("POST", "/refresh", { refresh_token: known.refreshToken }, known, signal, true);
      const next = answered(refreshed, answer.text, "Matrix");
      return { given, token: next.access_token, refreshToken: next.refresh_token ?? known.refreshToken };
    };
    return ours(await tools.keep.change(change));
  };

  return async (method, path, body, signal) => {
    const current = refreshToken ? ours(await tools.keep.read()) : configured;
    try {
      return await ask(method, path, body, current, signal);
    } catch (error) {
      if (!refreshToken || !isUnknownToken(error)) throw error;
      return ask(method, path, body, await renew(current, signal), signal);
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
