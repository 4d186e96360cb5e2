/** Posts into a Slack channel: through an incoming webhook, or as a bot, which can also edit and delete (https://docs.slack.dev). */

import { z } from "zod";
import type { Adapter, Tools, Transport } from "#core/adapter.ts";
import type { Log } from "#core/log.ts";
import type { NoteRendition } from "#core/renditions/rendition.ts";
import { DeliveryError, type Failure, type Receipt } from "#core/sending/delivery.ts";
import { httpAddress } from "./http/address.ts";
import { answered } from "./http/answered.ts";
import { request } from "./http/request.ts";
import { escaped, marked, message } from "./slack/message.ts";

/** Shows the post's picture with its description. Slack fetches it from the site. */
const picture = z.boolean().default(false);
const config = z.union([
  /** An incoming webhook. Its address is a secret: anybody who knows it can post. */
  z.strictObject({ url: httpAddress, picture }),
  z.strictObject({
    token: z.string().startsWith("xoxb-", 'expected a bot token that starts with "xoxb-"'),
    /** The id of the channel, such as `C0123456789`. */
    channel: z.string().min(1),
    picture,
    api: httpAddress.default("https://slack.com/api"),
  }),
]);
type Bot = Extract<z.infer<typeof config>, { token: string }>;
type Webhook = Extract<z.infer<typeof config>, { url: string }>;

const answer = z.object({
  ok: z.boolean(),
  error: z.string().optional(),
  ts: z.string().optional(),
  channel: z.unknown().optional(),
});

const linked = z.object({ permalink: z.string().optional() });
const history = z.object({
  ok: z.boolean(),
  error: z.string().optional(),
  has_more: z.boolean().default(false),
  messages: z
    .array(
      z.object({
        ts: z.string(),
        metadata: z.object({ event_payload: z.record(z.string(), z.unknown()).optional() }).optional(),
      }),
    )
    .default([]),
});
const clockSkewSeconds = 60;
const pageLength = 200;

const slack: Adapter<"note", z.infer<typeof config>> = {
  name: "slack",
  medium: "note",
  config,
  // https://docs.slack.dev/apis/web-api/rate-limits: one message a second and channel; texts are best below 4,000 characters.
  traits: { idempotent: false, maxLength: 4000, perMinute: 60 },
  measure: (text) => escaped(text).length,
  async open(settings, tools): Promise<Transport<"note">> {
    return "token" in settings ? asBot(settings, tools) : throughWebhook(settings, tools);
  },
};
export default slack;

/** https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks: no id comes back, so nothing can be edited. */
function throughWebhook({ url, picture }: Webhook, { fetch, log }: Tools): Transport<"note"> {
  const post = (body: object, signal: AbortSignal, harmless = false) =>
    request({
      ...{ fetch, url, method: "POST", harmless, signal },
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      secrets: [url.slice(url.lastIndexOf("/") + 1)],
    });
  return {
    async send({ rendition }, signal) {
      const { text } = await withPicture(rendition, picture, log, (body) => post(body, signal));
      return { response: text.slice(0, 100) || "HTTP 200" };
    },
    /** An empty text is refused by a webhook that is there, and posts nothing. */
    async check(signal) {
      try {
        await post({ text: "" }, signal, true);
      } catch (error) {
        const isRefused = error instanceof DeliveryError && error.failure.status === 400;
        if (!isRefused || !/no_text|invalid_payload|missing_text/.test(error.message)) throw error;
      }
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

/** A picture that Slack can't fetch, or doesn't know, is missing from the post. */
async function withPicture<T>(
  rendition: NoteRendition,
  picture: boolean,
  log: Log,
  send: (body: ReturnType<typeof message>) => Promise<T>,
): Promise<T> {
  const body = message(rendition, picture);
  return send(body).catch((error: unknown) => {
    const isRefused = error instanceof DeliveryError && /invalid_(?:blocks|attachments)/.test(error.message);
    if (!isRefused || !body.attachments) throw error;
    log.warn(`The post is sent without its picture: ${error.message}`, { picture: rendition.image?.url ?? "" });
    return send(message(rendition, false));
  });
}

function asBot({ token, channel, picture, api }: Bot, { fetch, log }: Tools): Transport<"note"> {
  const call = async (method: string, body: unknown, signal: AbortSignal, gone?: string) => {
    const { text } = await request({
      fetch,
      url: `${api.replace(/\/$/, "")}/${method}`,
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8", authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
      secrets: [token],
      signal,
    });
    const said = answered(answer, text, "Slack");
    if (!said.ok && said.error !== gone) throw refusal(said.error ?? "unknown_error");
    return said;
  };

  const ask = async <T>(method: string, query: Record<string, string>, schema: z.ZodType<T>, signal: AbortSignal) => {
    const { text } = await request({
      fetch,
      url: `${api.replace(/\/$/, "")}/${method}?${new URLSearchParams(query)}`,
      method: "GET",
      headers: { authorization: `Bearer ${token}` },
      secrets: [token],
      mostBytes: 2 * 1024 * 1024,
      signal,
    });
    return answered(schema, text, "Slack");
  };

  /** Where the message is; it is out, with or without that. https://docs.slack.dev/reference/methods/chat.getPermalink */
  const receiptOf = async (ts: string, signal: AbortSignal): Promise<Receipt> => {
    const query = { channel, message_ts: ts };
    const { permalink } = await ask("chat.getPermalink", query, linked, signal).catch(() => ({ permalink: undefined }));
    return { remoteId: ts, ...(permalink && { url: permalink }) };
  };

  return {
    async send({ key, rendition }, signal) {
      const { ts } = await withPicture(rendition, picture, log, (body) =>
        call("chat.postMessage", { channel, ...body, metadata: marked(key) }, signal),
      );
      return ts ? receiptOf(ts, signal) : { response: "ok" };
    },
    /** Needs `channels:history`: https://docs.slack.dev/reference/methods/conversations.history */
    async find({ key, publishedAt }, signal) {
      const oldest = String(publishedAt.getTime() / 1000 - clockSkewSeconds);
      const query = { channel, oldest, limit: String(pageLength), include_all_metadata: "true" };
      const { ok, error, messages, has_more } = await ask("conversations.history", query, history, signal);
      if (!ok) throw unsure(`Slack answered ${error ?? "no"}; give the bot the scope channels:history`);
      const found = messages.find(({ metadata }) => metadata?.event_payload?.["key"] === key);
      if (found) return receiptOf(found.ts, signal);
      if (has_more) throw unsure(`there are more than ${pageLength} newer messages`);
      return null;
    },
    async update(receipt, { key, rendition }, signal) {
      const target = { channel, ts: receipt.remoteId };
      await withPicture(rendition, picture, log, (body) =>
        call("chat.update", { ...target, ...body, metadata: marked(key) }, signal),
      );
      return receipt;
    },
    async retract(receipt, signal) {
      await call("chat.delete", { channel, ts: receipt.remoteId }, signal, "message_not_found");
    },
    async check(signal) {
      await call("auth.test", {}, signal);
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

function unsure(why: string): DeliveryError {
  const message = `It is not known whether this was posted: ${why}. Check there.`;
  return new DeliveryError({ kind: "uncertain", scope: "recipient", code: "unsure", message });
}

/** Slack says no with HTTP 200 and a word. */
function refusal(code: string): DeliveryError {
  const failure = (kind: Failure["kind"], scope: Failure["scope"], next: string) =>
    new DeliveryError({ kind, scope, code, message: `Slack answered ${code.slice(0, 100)}. ${next}`.trim() });
  if (code === "ratelimited" || code === "rate_limited") return failure("throttled", "channel", "");
  // https://docs.slack.dev/reference/methods/chat.postMessage: parts of it may have succeeded.
  if (code === "fatal_error" || code === "internal_error" || code === "request_timeout")
    return failure("uncertain", "recipient", "The post may have been accepted: check there.");
  if (code === "service_unavailable") return failure("temporary", "channel", "");
  if (
    /^(msg_too_long|no_text|restricted_action|cant_(update|delete)_message|edit_window_closed|message_not_found)/.test(
      code,
    )
  )
    return failure("permanent", "recipient", "");
  return failure(
    "permanent",
    "channel",
    "Check the channel's token and its scopes, and invite the bot to the Slack channel.",
  );
}
