/** Calls LinkedIn's versioned API, and renews the token where LinkedIn allows it. */

import { z } from "zod";
import type { Tools } from "#core/adapter.ts";
import { DeliveryError } from "#core/sending/delivery.ts";
import { answered } from "../http/answered.ts";
import { openTokens, type Tokens } from "../http/kept-tokens.ts";
import { type HttpAnswer, type HttpRequest, request } from "../http/request.ts";

export interface Login {
  token: string;
  refreshToken?: string | undefined;
  clientId?: string | undefined;
  clientSecret?: string | undefined;
  /** Of the API, `YYYYMM`. */
  version: string;
  api: string;
  /** Where tokens are renewed. */
  login: string;
}

export interface Session {
  call(
    method: HttpRequest["method"],
    path: string,
    signal: AbortSignal,
    more?: Pick<HttpRequest, "headers" | "harmless" | "mostBytes"> & { body?: object },
  ): Promise<HttpAnswer>;
  /** Sends a picture where LinkedIn said that it goes. */
  upload(url: string, picture: { bytes: Uint8Array<ArrayBuffer>; type: string }, signal: AbortSignal): Promise<void>;
}

const renewed = z.object({ access_token: z.string().min(1), refresh_token: z.string().min(1).optional() });

/** All methods throw `DeliveryError` for everything but a 2xx. */
export function openSession(login: Login, tools: Tools): Session {
  const { api, version, token, refreshToken = "" } = login;

  /** Asks with the current token, and with the next one where that has expired. */
  const withToken = async (ask: (token: string) => Promise<HttpAnswer>, signal: AbortSignal): Promise<HttpAnswer> => {
    const given = { access: token, refresh: refreshToken };
    const tokens = openTokens(given, tools.keep, tools.clock.now, (old) => renew(old, login, tools, signal));
    const current = await tokens.current();
    try {
      return await ask(current.access);
    } catch (error) {
      if (!isStatus(error, 401) || !refreshToken) throw error;
      return ask((await tokens.renewed(current)).access);
    }
  };

  return {
    async call(method, path, signal, { body, headers, ...rest } = {}) {
      const ask = (access: string): Promise<HttpAnswer> =>
        request({
          fetch: tools.fetch,
          url: `${api.replace(/\/$/, "")}/rest${path}`,
          method,
          headers: {
            authorization: `Bearer ${access}`,
            "linkedin-version": version,
            "x-restli-protocol-version": "2.0.0",
            ...(body && { "content-type": "application/json" }),
            ...headers,
          },
          ...(body && { body: JSON.stringify(body) }),
          ...rest,
          secrets: [access],
          signal,
        });
      return withToken(ask, signal).catch((error: unknown) => {
        throw sharper(error, version);
      });
    },

    async upload(url, { bytes, type }, signal) {
      const ask = (access: string): Promise<HttpAnswer> =>
        request({
          fetch: tools.fetch,
          url,
          method: "PUT",
          headers: { authorization: `Bearer ${access}`, "content-type": type },
          body: bytes,
          harmless: true,
          timeoutMs: 120_000,
          secrets: [access],
          signal,
        });
      await withToken(ask, signal);
    },
  };
}

/** https://learn.microsoft.com/linkedin/shared/authentication/programmatic-refresh-tokens */
async function renew(
  { refresh }: Tokens,
  { login, clientId = "", clientSecret = "" }: Login,
  { fetch }: Tools,
  signal: AbortSignal,
): Promise<Tokens> {
  const form = {
    grant_type: "refresh_token",
    refresh_token: refresh,
    client_id: clientId,
    client_secret: clientSecret,
  };
  const { text } = await request({
    fetch,
    url: `${login.replace(/\/$/, "")}/oauth/v2/accessToken`,
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(form).toString(),
    harmless: true,
    secrets: [refresh, clientSecret],
    signal,
  }).catch((error: unknown) => {
    throw loggedOut(error);
  });
  const tokens = answered(renewed, text, "LinkedIn");
  return { access: tokens.access_token, refresh: tokens.refresh_token ?? refresh };
}

export function isStatus(error: unknown, status: number): error is DeliveryError {
  return error instanceof DeliveryError && error.failure.status === status;
}

function sharper(error: unknown, version: string): unknown {
  if (isStatus(error, 426)) {
    const message = `LinkedIn no longer supports version ${version} of its API. Set the channel's \`version\` to a newer month.`;
    return new DeliveryError({ ...error.failure, kind: "permanent", scope: "channel", message }, { cause: error });
  }
  if (isStatus(error, 422) && /DUPLICATE_POST|duplicate/i.test(error.message)) {
    const urn = /urn:li:\w+:\d+/.exec(error.message)?.[0];
    const message = `LinkedIn refused the post as a duplicate${urn ? ` of ${urn}` : ""}. Check there: the other post may be this one.`;
    return new DeliveryError({ ...error.failure, code: "duplicate", message }, { cause: error });
  }
  return error;
}

/** The refresh token is no good either: only a person can log in. */
function loggedOut(error: unknown): unknown {
  if (!isStatus(error, 400) && !isStatus(error, 401)) return error;
  const message = `LinkedIn did not renew the token: ${error.message}`.slice(0, 400);
  const hint = `${message} Create new tokens and put them into the channel's settings.`;
  return new DeliveryError({ ...error.failure, kind: "permanent", scope: "channel", message: hint }, { cause: error });
}
