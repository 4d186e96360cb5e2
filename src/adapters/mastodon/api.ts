/** One account on one server: the methods of Mastodon's API that posting needs. */

import { z } from "zod";
import type { NoteLimits, Tools } from "#core/adapter.ts";
import { DeliveryError, type Receipt } from "#core/delivery.ts";
import { answered } from "../http/answered.ts";
import { pauseWhenUsedUp, untilReset } from "../http/rate-limit.ts";
import { type HttpAnswer, type HttpRequest, request } from "../http/request.ts";
import { usualUrlLength } from "./measure.ts";

/** Names as the API has them (https://docs.joinmastodon.org/methods/statuses/#create). */
export interface Status {
  status: string;
  language: string;
  spoiler_text?: string;
  sensitive?: boolean;
  visibility?: string;
  media_ids?: string[];
  in_reply_to_id?: string;
}

const posted = z.object({ id: z.string(), url: z.string().nullish(), uri: z.string().nullish() });
const listed = posted.extend({
  created_at: z.string(),
  content: z.string(),
  in_reply_to_id: z.string().nullish(),
  reblog: z.unknown(),
});
export type Listed = z.infer<typeof listed>;
const illustrated = z.object({ media_attachments: z.array(z.object({ id: z.string() })).default([]) });
const account = z.object({ id: z.string() });
const instance = z.object({
  configuration: z.object({
    statuses: z.object({
      max_characters: z.int().positive(),
      characters_reserved_per_url: z.int().positive().default(usualUrlLength),
    }),
    media_attachments: z.object({ description_limit: z.int().positive().optional() }).optional(),
  }),
});

export const usualLength = 500;
export const usualAltLength = 1500;
const pageLength = 40;
const mostPages = 10;

export type Call = (
  method: HttpRequest["method"],
  path: string,
  signal: AbortSignal,
  more?: Pick<HttpRequest, "body" | "headers" | "harmless" | "mostBytes" | "timeoutMs">,
) => Promise<HttpAnswer>;

export type Api = ReturnType<typeof openApi>;

/** All methods throw `DeliveryError`. */
export function openApi(server: string, token: string, { fetch, clock }: Pick<Tools, "fetch" | "clock">) {
  const call: Call = (method, path, signal, more = {}) =>
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

  const me = async (signal: AbortSignal): Promise<string> => {
    const { text } = await call("GET", "/api/v1/accounts/verify_credentials", signal);
    return answered(account, text, "Mastodon").id;
  };

  return {
    call,
    me,

    async limits(signal: AbortSignal): Promise<NoteLimits> {
      // Servers with other software may know only the first version, where the same is said.
      const { text } = await call("GET", "/api/v2/instance", signal).catch((error: unknown) => {
        if (!isGone(error)) throw error;
        return call("GET", "/api/v1/instance", signal);
      });
      const { data } = instance.safeParse(parsed(text));
      return {
        maxLength: data?.configuration.statuses.max_characters ?? usualLength,
        urlLength: data?.configuration.statuses.characters_reserved_per_url ?? usualUrlLength,
        altLength: data?.configuration.media_attachments?.description_limit ?? usualAltLength,
      };
    },

    async create(status: Status, key: string, signal: AbortSignal): Promise<Receipt> {
      const more = json(status);
      const headers = { ...more.headers, "idempotency-key": key };
      const answer = await call("POST", "/api/v1/statuses", signal, { ...more, headers });
      const pauseMs = pauseWhenUsedUp(answer.headers, clock.now());
      return { ...receiptOf(answered(posted, answer.text, "Mastodon")), ...(pauseMs !== null && { pauseMs }) };
    },

    async edit({ remoteId = "" }: Receipt, status: Status, signal: AbortSignal): Promise<Receipt> {
      const path = `/api/v1/statuses/${encodeURIComponent(remoteId)}`;
      try {
        // An edit that doesn't name the pictures takes them away.
        const { media_attachments } = answered(illustrated, (await call("GET", path, signal)).text, "Mastodon");
        const media = media_attachments.map(({ id }) => id);
        const body = json({ ...status, ...(media.length > 0 && { media_ids: media }) });
        const { text } = await call("PUT", path, signal, { ...body, harmless: true });
        return receiptOf(answered(posted, text, "Mastodon"));
      } catch (error) {
        throw isGone(error) ? gone(error) : error;
      }
    },

    /** Also when it is gone already. */
    async remove({ remoteId = "" }: Receipt, signal: AbortSignal): Promise<void> {
      try {
        await call("DELETE", `/api/v1/statuses/${encodeURIComponent(remoteId)}`, signal, { harmless: true });
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    },

    /** Our own statuses since a time, oldest first. */
    async since(time: Date, signal: AbortSignal): Promise<Listed[]> {
      const path = `/api/v1/accounts/${encodeURIComponent(await me(signal))}/statuses`;
      const found: Listed[] = [];
      for (let page = 0; page < mostPages; page++) {
        const oldest = found.at(-1)?.id;
        const query = new URLSearchParams({ limit: String(pageLength), exclude_reblogs: "true" });
        if (oldest) query.set("max_id", oldest);
        const { text } = await call("GET", `${path}?${query}`, signal, { mostBytes: 2 * 1024 * 1024 });
        const statuses = answered(z.array(listed), text, "Mastodon");
        found.push(...statuses);
        const last = statuses.at(-1);
        if (!last || new Date(last.created_at) < time) {
          return found.filter(({ created_at, reblog }) => new Date(created_at) >= time && !reblog).reverse();
        }
      }
      throw unsure(`the account has posted more than ${mostPages * pageLength} times since`);
    },
  };
}

export function receiptOf({ id, url, uri }: z.infer<typeof posted>): Receipt {
  const page = url ?? uri;
  return { remoteId: id, ...(page && { url: page }) };
}

/** Where looking doesn't tell. */
export function unsure(why: string): DeliveryError {
  const message = `Whether it was posted can't be told: ${why}. Look there.`;
  return new DeliveryError({ kind: "uncertain", scope: "recipient", code: "unsure", message });
}

function json(body: object) {
  return { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isGone(error: unknown): error is DeliveryError {
  return error instanceof DeliveryError && (error.failure.status === 404 || error.failure.status === 410);
}

function gone(cause: unknown): DeliveryError {
  const message = "It was deleted over there, so there is nothing to edit. `republish --mode repost` posts it anew.";
  return new DeliveryError({ kind: "permanent", scope: "recipient", code: "gone", message }, { cause });
}
