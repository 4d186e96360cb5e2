/**
 * Calls the Threads API, and refreshes the token before it expires
 * (https://developers.facebook.com/docs/threads/get-started/long-lived-tokens).
 */

import { z } from "zod";
import type { Tools } from "#core/adapter.ts";
import { DeliveryError } from "#core/sending/delivery.ts";
import { answered } from "../http/answered.ts";
import { openTokens } from "../http/kept-tokens.ts";
import { request } from "../http/request.ts";

export type Call = <T>(
  method: "GET" | "POST" | "DELETE",
  path: string,
  answer: z.ZodType<T>,
  parameters: Record<string, string>,
  signal: AbortSignal,
  /** See `HttpRequest`. */
  harmless?: boolean,
) => Promise<T>;

const refreshed = z.object({ access_token: z.string().min(1) });

/** It lives for sixty days from the last time that it was refreshed, and has to be a day old for that. */
const refreshAfterMs = 7 * 86_400_000;

/** @throws DeliveryError for everything but a 2xx. */
export function openApi(api: string, token: string, { fetch, keep, clock, log }: Tools): Call {
  const base = api.replace(/\/$/, "");

  const ask = async (
    method: "GET" | "POST" | "DELETE",
    path: string,
    parameters: Record<string, string>,
    access: string,
    signal: AbortSignal,
    harmless?: boolean,
  ): Promise<string> => {
    const form = new URLSearchParams({ ...parameters, access_token: access }).toString();
    const { text } = await request({
      fetch,
      url: method === "POST" ? `${base}${path}` : `${base}${path}?${form}`,
      method,
      ...(method === "POST" && { body: form, headers: { "content-type": "application/x-www-form-urlencoded" } }),
      ...(harmless !== undefined && { harmless }),
      secrets: [access],
      mostBytes: 1024 * 1024,
      signal,
    }).catch((error: unknown) => {
      throw sharper(error);
    });
    return text;
  };

  const tokensWith = (signal: AbortSignal) =>
    openTokens({ access: token, refresh: "" }, keep, clock.now, async ({ access }) => {
      const text = await ask("GET", "/refresh_access_token", { grant_type: "th_refresh_token" }, access, signal);
      return { access: answered(refreshed, text, "Threads").access_token, refresh: "" };
    });

  let triedAt = Number.NEGATIVE_INFINITY;
  const youngToken = async (signal: AbortSignal): Promise<string> => {
    const tokens = tokensWith(signal);
    const current = await tokens.current();
    const now = clock.now().getTime();
    if (now - Math.max(await tokens.renewedAt(), triedAt) < refreshAfterMs) return current.access;
    triedAt = now;
    try {
      return (await tokens.renewed(current)).access;
    } catch (error) {
      // It may be younger than a day, or the network away: it is good for weeks yet, and if not, the next answer says so.
      log.debug("The token was not refreshed", { error: String(error) });
      return current.access;
    }
  };

  return async (method, path, answer, parameters, signal, harmless) => {
    const access = await youngToken(signal);
    return answered(answer, await ask(method, `/v1.0${path}`, parameters, access, signal, harmless), "Threads");
  };
}

/** Graph APIs say with a number what their status keeps vague (https://developers.facebook.com/docs/graph-api/guides/error-handling). */
function sharper(error: unknown): unknown {
  if (!(error instanceof DeliveryError) || error.failure.status === undefined) return error;
  const code = codeIn(error.message);
  const told = (failure: Partial<DeliveryError["failure"]>): DeliveryError =>
    new DeliveryError({ ...error.failure, ...failure }, { cause: error });
  if (code === 190) {
    const message = `${error.message} Create a new long-lived token and put it into the channel's settings.`.slice(
      0,
      500,
    );
    return told({ kind: "permanent", scope: "channel", message });
  }
  if ([4, 17, 32, 613].includes(code)) return told({ kind: "throttled", scope: "channel" });
  // 1 and 2: something went wrong over there, try again.
  if (code === 1 || code === 2) return told({ kind: "temporary", scope: "channel" });
  return error;
}

/** Of the error as it is quoted in our message, which may have been cut. */
function codeIn(message: string): number {
  return Number(/"code":\s*(\d+)/.exec(message)?.[1] ?? 0);
}
