/**
 * Logs in to a personal data server as one account. The session is stored, because logins are limited (30 in 5
 * minutes).
 */

import { z } from "zod";
import type { Tools } from "#core/adapter.ts";
import { DeliveryError } from "#core/sending/delivery.ts";
import { answered } from "../http/answered.ts";
import { untilReset } from "../http/rate-limit.ts";
import { type HttpAnswer, request } from "../http/request.ts";

export interface Account {
  service: string;
  identifier: string;
  password: string;
}

/** A call of XRPC (https://atproto.com/specs/xrpc). */
export interface Call {
  /** The method's name: `com.atproto.repo.putRecord`. */
  nsid: string;
  /** `GET` for queries, `POST` for procedures. Default: by whether there is a body. */
  method?: "GET" | "POST";
  query?: Record<string, string>;
  body?: object | Uint8Array<ArrayBuffer>;
  /** Media type of a body of bytes. */
  type?: string;
  /** See `HttpRequest`. */
  harmless?: boolean;
}

export interface Session {
  /** Who we are: the account's permanent name. @throws DeliveryError */
  did(signal: AbortSignal): Promise<string>;
  /** Logs in or refreshes the session where that is needed. @throws DeliveryError for everything but a 2xx. */
  call(call: Call, signal: AbortSignal): Promise<HttpAnswer>;
}

const tokens = z.object({ did: z.string(), accessJwt: z.string().min(1), refreshJwt: z.string().min(1) });
const kept = tokens.extend({ service: z.string(), identifier: z.string() });
type Kept = z.infer<typeof kept>;

export function openSession({ service, identifier, password }: Account, tools: Tools): Session {
  const { fetch, keep, clock } = tools;

  const xrpc = (call: Call, token: string | null, signal: AbortSignal): Promise<HttpAnswer> => {
    const { nsid, query, body, method = body ? "POST" : "GET", type = "application/json", harmless } = call;
    const search = query ? `?${new URLSearchParams(query)}` : "";
    return request({
      fetch,
      url: `${service.replace(/\/$/, "")}/xrpc/${nsid}${search}`,
      method,
      headers: { ...(body && { "content-type": type }), ...(token && { authorization: `Bearer ${token}` }) },
      ...(body && { body: body instanceof Uint8Array ? body : JSON.stringify(body) }),
      ...(harmless !== undefined && { harmless }),
      secrets: [password, ...(token ? [token] : [])],
      waitSeconds: (_body, headers) => {
        const ms = untilReset(headers, clock.now());
        return ms === null || headers.has("retry-after") ? null : ms / 1000;
      },
      signal,
    });
  };

  const ours = (value: unknown): Kept | null => {
    const { data } = kept.safeParse(value);
    return data?.service === service && data.identifier === identifier ? data : null;
  };

  const login = async (signal: AbortSignal): Promise<Kept> => {
    const call = { nsid: "com.atproto.server.createSession", body: { identifier, password }, harmless: true };
    const { text } = await xrpc(call, null, signal);
    return { ...readTokens(text), service, identifier };
  };

  const refresh = async (old: Kept, signal: AbortSignal): Promise<Kept> => {
    try {
      const call: Call = { nsid: "com.atproto.server.refreshSession", method: "POST", harmless: true };
      return { ...old, ...readTokens((await xrpc(call, old.refreshJwt, signal)).text) };
    } catch (error) {
      if (!isStale(error)) throw error;
      return login(signal);
    }
  };

  const current = async (signal: AbortSignal): Promise<Kept> => {
    const known = ours(await keep.read());
    if (known) return known;
    return kept.parse(await keep.change(async (value) => (ours(value) ? undefined : login(signal))));
  };

  /** Another worker may have refreshed it meanwhile: then that one is as good. */
  const renewed = async (stale: Kept, signal: AbortSignal): Promise<Kept> => {
    const change = async (value: unknown): Promise<unknown> => {
      const known = ours(value);
      if (!known) return login(signal);
      return known.accessJwt === stale.accessJwt ? refresh(known, signal) : undefined;
    };
    return kept.parse(await keep.change(change));
  };

  return {
    did: async (signal) => (await current(signal)).did,
    async call(call, signal) {
      const session = await current(signal);
      try {
        return await xrpc(call, session.accessJwt, signal);
      } catch (error) {
        if (!isStale(error)) throw error;
        return xrpc(call, (await renewed(session, signal)).accessJwt, signal);
      }
    },
  };
}

/** https://atproto.com/specs/xrpc#error-responses: `ExpiredToken` comes as a 400, a token of another key as a 400 or 401. */
function isStale(error: unknown): boolean {
  if (!(error instanceof DeliveryError)) return false;
  const { status, message } = error.failure;
  return (status === 400 || status === 401) && /"(?:ExpiredToken|InvalidToken)"/.test(message);
}

function readTokens(text: string): z.infer<typeof tokens> {
  try {
    return answered(tokens, text, "Bluesky");
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    const message = "The login answer is not that of a Bluesky server (PDS). Check the channel's `service`.";
    throw new DeliveryError({ kind: "permanent", scope: "channel", code: "no-session", message }, { cause: error });
  }
}
