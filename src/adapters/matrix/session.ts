/**
 * Calls a homeserver as one device, and stores renewed tokens
 * (https://spec.matrix.org/latest/client-server-api/#refreshing-access-tokens).
 */

import { z } from "zod";
import type { Tools } from "#core/adapter.ts";
import { DeliveryError } from "#core/sending/delivery.ts";
import { answered } from "../http/answered.ts";
import { openTokens, type Tokens } from "../http/kept-tokens.ts";
import type { Picture } from "../http/picture.ts";
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

export interface Session {
  call: Call;
  /** Into the server's store of media; returns where it is there. https://spec.matrix.org/latest/client-server-api/#post_matrixmediav3upload */
  upload(picture: Picture, fileName: string, signal: AbortSignal): Promise<string>;
}

const refreshed = z.object({ access_token: z.string().min(1), refresh_token: z.string().min(1).optional() });
const stored = z.object({ content_uri: z.string().startsWith("mxc://") });
const throttled = z.object({ retry_after_ms: z.number() });

type Ask = (tokens: Tokens) => Promise<HttpAnswer>;

export function openSession({ server, token, refreshToken }: Credentials, tools: Tools): Session {
  const base = `${server.replace(/\/$/, "")}/_matrix`;

  const ask = (
    { access, refresh }: Tokens,
    {
      headers,
      ...asked
    }: Pick<HttpRequest, "method" | "url" | "body" | "headers" | "harmless" | "signal" | "timeoutMs">,
  ): Promise<HttpAnswer> =>
    request({
      fetch: tools.fetch,
      headers: { authorization: `Bearer ${access}`, ...headers },
      ...asked,
      secrets: [access, refresh],
      mostBytes: 4 * 1024 * 1024,
      waitSeconds,
    });

  const calling: (...of: Parameters<Call>) => Ask = (method, path, body, signal, harmless) => (tokens) =>
    ask(tokens, {
      ...{ url: `${base}/client/v3${path}`, method, signal },
      ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
      ...(harmless !== undefined && { harmless }),
    });

  const renew = async (old: Tokens, signal: AbortSignal): Promise<Tokens> => {
    const answer = await calling("POST", "/refresh", { refresh_token: old.refresh }, signal, true)(old);
    const next = answered(refreshed, answer.text, "Matrix");
    return { access: next.access_token, refresh: next.refresh_token ?? old.refresh };
  };

  /** Asks, and once more with the next token where this one has expired. */
  const withTokens = async (asking: Ask, signal: AbortSignal): Promise<HttpAnswer> => {
    const given = { access: token, refresh: refreshToken ?? "" };
    const tokens = openTokens(given, tools.keep, tools.clock.now, (old) => renew(old, signal));
    const current = refreshToken ? await tokens.current() : given;
    try {
      return await asking(current);
    } catch (error) {
      if (!refreshToken || !isUnknownToken(error)) throw error;
      return asking(await tokens.renewed(current));
    }
  };

  return {
    call: (method, path, body, signal, harmless) => withTokens(calling(method, path, body, signal, harmless), signal),

    async upload({ bytes, type }, fileName, signal) {
      const url = `${base}/media/v3/upload?${new URLSearchParams({ filename: fileName })}`;
      const headers = { "content-type": type };
      const asked = { url, headers, body: bytes, method: "POST" as const, harmless: true, timeoutMs: 120_000, signal };
      const { text } = await withTokens((tokens) => ask(tokens, asked), signal);
      return answered(stored, text, "Matrix").content_uri;
    },
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
