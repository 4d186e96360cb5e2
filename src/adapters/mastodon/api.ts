/** The calls of Mastodon's API that posting needs, for one account on one server. */

import { z } from "zod";
import type { Tools } from "#core/adapter.ts";
import { DeliveryError, type Receipt } from "#core/sending/delivery.ts";
import { answered } from "../http/answered.ts";
import { pauseWhenUsedUp } from "../http/rate-limit.ts";
import { isGone, isUnknown, openCall } from "./call.ts";
import { limitsOf } from "./limits.ts";

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

const pageLength = 40;
const mostPages = 10;

export type Api = ReturnType<typeof openApi>;

/** All methods throw `DeliveryError`. */
export function openApi(server: string, token: string, tools: Pick<Tools, "fetch" | "clock">) {
  const call = openCall(server, token, tools);

  const me = async (signal: AbortSignal): Promise<string> => {
    const { text } = await call("GET", "/api/v1/accounts/verify_credentials", signal);
    return answered(account, text, "Mastodon").id;
  };

  return {
    call,
    me,

    limits: (signal: AbortSignal) => limitsOf(call, signal),

    async create(status: Status, key: string, signal: AbortSignal): Promise<Receipt> {
      const more = json(status);
      const headers = { ...more.headers, "idempotency-key": key };
      const answer = await call("POST", "/api/v1/statuses", signal, { ...more, headers });
      const pauseMs = pauseWhenUsedUp(answer.headers, tools.clock.now());
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
