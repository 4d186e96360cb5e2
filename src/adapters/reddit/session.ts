/** Calls Reddit's API with tokens that expire after an hour (https://github.com/reddit-archive/reddit/wiki/OAuth2). */

import { z } from "zod";
import type { Tools } from "#core/adapter.ts";
import { DeliveryError } from "#core/sending/delivery.ts";
import { answered } from "../http/answered.ts";
import { openTokens, type Tokens } from "../http/kept-tokens.ts";
import { pauseWhenUsedUp, untilReset } from "../http/rate-limit.ts";
import { request } from "../http/request.ts";

export interface Login {
  clientId: string;
  clientSecret: string;
  /** Of a permanent authorisation. */
  refreshToken: string;
  username: string;
  api: string;
  /** Where tokens come from. */
  login: string;
}

export interface Answer<T> {
  value: T;
  /** Milliseconds for which Reddit wants no more, when its limit is used up. */
  pauseMs: number | null;
}

export type Call = <T>(
  method: "GET" | "POST",
  path: string,
  answer: z.ZodType<T>,
  form: Record<string, string>,
  signal: AbortSignal,
  /** See `HttpRequest`. */
  harmless?: boolean,
) => Promise<Answer<T>>;

const granted = z.object({ access_token: z.string().min(1), refresh_token: z.string().min(1).optional() });

/** @throws DeliveryError for everything but a 2xx. */
export function openSession({ clientId, clientSecret, refreshToken, username, api, login }: Login, tools: Tools): Call {
  const { fetch, keep, clock } = tools;
  // Reddit throttles programs that don't say who they are.
  const agent = { "user-agent": `server:postrider (by /u/${username})` };
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");

  const renew = async ({ refresh }: Tokens, signal: AbortSignal): Promise<Tokens> => {
    const { text } = await request({
      fetch,
      url: `${login.replace(/\/$/, "")}/api/v1/access_token`,
      method: "POST",
      headers: { ...agent, authorization: `Basic ${basic}`, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ grant_type: "refresh_token", refresh_token: refresh }).toString(),
      harmless: true,
      secrets: [clientSecret, refresh, basic],
      signal,
    }).catch((error: unknown) => {
      throw loggedOut(error);
    });
    const tokens = answered(granted, text, "Reddit");
    return { access: tokens.access_token, refresh: tokens.refresh_token ?? refresh };
  };

  return async (method, path, answer, form, signal, harmless) => {
    const tokens = openTokens({ access: "", refresh: refreshToken }, keep, clock.now, (old) => renew(old, signal));
    const ask = async (access: string) => {
      const fields = new URLSearchParams({ ...form, raw_json: "1" }).toString();
      const { text, headers } = await request({
        fetch,
        url: `${api.replace(/\/$/, "")}${path}${method === "GET" ? `?${fields}` : ""}`,
        method,
        headers: {
          ...agent,
          authorization: `Bearer ${access}`,
          ...(method === "POST" && { "content-type": "application/x-www-form-urlencoded" }),
        },
        ...(method === "POST" && { body: fields }),
        ...(harmless !== undefined && { harmless }),
        secrets: [access],
        mostBytes: 1024 * 1024,
        waitSeconds: (_body, headers) => {
          const ms = untilReset(headers, clock.now());
          return ms === null || headers.has("retry-after") ? null : ms / 1000;
        },
        signal,
      });
      return { value: answered(answer, text, "Reddit"), pauseMs: pauseWhenUsedUp(headers, clock.now()) };
    };
    const current = await tokens.current();
    if (current.access === "") return ask((await tokens.renewed(current)).access);
    try {
      return await ask(current.access);
    } catch (error) {
      if (!(error instanceof DeliveryError) || error.failure.status !== 401) throw error;
      return ask((await tokens.renewed(current)).access);
    }
  };
}

/** The refresh token is no good: only a person can log in. */
function loggedOut(error: unknown): unknown {
  if (!(error instanceof DeliveryError) || error.failure.status !== 400) return error;
  const message = `Reddit did not renew the token: ${error.message}`.slice(0, 400);
  const hint = `${message} Authorise the application again and put its refresh token into the channel's settings.`;
  return new DeliveryError({ ...error.failure, kind: "permanent", scope: "channel", message: hint }, { cause: error });
}
