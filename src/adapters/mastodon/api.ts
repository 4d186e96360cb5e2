/** The calls of Mastodon's API that posting needs, for one account on one server. */

import { z } from "zod";
import type { NoteLimits, Tools } from "#core/adapter.ts";
import { DeliveryError, type Receipt } from "#core/sending/delivery.ts";
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

/** A string by the documents; servers with other software have sent numbers. */
const id = z.union([z.string(), z.number().transform(String)]);
const posted = z.object({ id, url: z.string().nullish().catch(null), uri: z.string().nullish().catch(null) });
const listed = posted.extend({
  created_at: z.string(),
  content: z.string(),
  in_reply_to_id: id.nullish().catch(null),
  reblog: z.unknown(),
});
export type Listed = z.infer<typeof listed>;
const illustrated = z.object({ media_attachments: z.array(z.object({ id })).nullish().catch(null) });
const account = z.object({ id });
/** Each by itself: a server that says one thing strangely may say another well. */
const positive = z.coerce.number().int().positive().optional().catch(undefined);
const statuses = z.object({ max_characters: positive, characters_reserved_per_url: positive });
const instance = z.object({
  configuration: z
    .object({
      statuses: statuses.optional().catch(undefined),
      media_attachments: z.object({ description_limit: positive }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  /** Pleroma, Akkoma and older forks say it here. */
  max_toot_chars: positive,
  description_limit: positive,
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

  /** What the server says of itself; `null` where it doesn't know the question. */
  const about = async (version: "v1" | "v2", signal: AbortSignal): Promise<z.infer<typeof instance> | null> => {
    try {
      const { text } = await call("GET", `/api/${version}/instance`, signal);
      return instance.safeParse(parsed(text)).data ?? null;
    } catch (error) {
      if (isUnknown(error)) return null;
      throw error;
    }
  };

  return {
    call,
    me,

    async limits(signal: AbortSignal): Promise<NoteLimits> {
      // Servers with other software may know only the first version, or say it only there.
      const now = await about("v2", signal);
      const known = now?.configuration?.statuses?.max_characters ? now : ((await about("v1", signal)) ?? now);
      const { statuses: texts, media_attachments: media } = known?.configuration ?? {};
      return {
        maxLength: texts?.max_characters ?? known?.max_toot_chars ?? usualLength,
        urlLength: texts?.characters_reserved_per_url ?? usualUrlLength,
        altLength: media?.description_limit ?? known?.description_limit ?? usualAltLength,
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
      const there = await call("GET", path, signal).catch((error: unknown) => {
        throw isGone(error) ? gone(error) : error;
      });
      // An edit that doesn't name the pictures takes them away.
      const media = (answered(illustrated, there.text, "Mastodon").media_attachments ?? []).map((each) => each.id);
      const body = json({ ...status, ...(media.length > 0 && { media_ids: media }) });
      try {
        const { text } = await call("PUT", path, signal, { ...body, harmless: true });
        return receiptOf(answered(posted, text, "Mastodon"));
      } catch (error) {
        // It is there: so it is the method that is not.
        throw isUnknown(error) ? noEdits(error) : error;
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
      throw unsure(`the account has more than ${mostPages * pageLength} newer posts`);
    },
  };
}

export function receiptOf({ id, url, uri }: z.infer<typeof posted>): Receipt {
  const page = url ?? uri;
  return { remoteId: id, ...(page && { url: page }) };
}

/** Where looking doesn't tell. */
export function unsure(why: string): DeliveryError {
  const message = `It is not known whether this was posted: ${why}. Check there.`;
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

/** Asked for something that this software doesn't have. */
export function isUnknown(error: unknown): boolean {
  return isGone(error) || (error instanceof DeliveryError && [405, 501].includes(error.failure.status ?? 0));
}

function noEdits(cause: unknown): DeliveryError {
  const message =
    "This server can't edit posts. `postrider withdraw` deletes the post. `republish --mode repost` posts it again.";
  return new DeliveryError({ kind: "permanent", scope: "recipient", code: "no-edits", message }, { cause });
}

function gone(cause: unknown): DeliveryError {
  const message =
    "The post was deleted on the server and can't be edited. Use `republish --mode repost` to post it again.";
  return new DeliveryError({ kind: "permanent", scope: "recipient", code: "gone", message }, { cause });
}
