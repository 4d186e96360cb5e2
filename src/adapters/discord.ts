/** Posts into a Discord channel through a webhook (https://docs.discord.com/developers/resources/webhook). */

import { z } from "zod";
import type { Adapter, Envelope, Transport } from "#core/adapter.ts";
import { DeliveryError, type Receipt } from "#core/delivery.ts";
import { httpAddress } from "./http/address.ts";
import { answered } from "./http/answered.ts";
import { request } from "./http/request.ts";

const config = z.strictObject({
  /** Whoever knows it can post: a secret. */
  url: httpAddress.regex(/\/webhooks\/\d+\/[\w-]+$/, 'expected an address that ends in "/webhooks/<id>/<token>"'),
  /** Shown in place of the webhook's own name. */
  username: z.string().min(1).max(80).optional(),
});

const created = z.object({ id: z.string() });
const throttled = z.object({ retry_after: z.number() });

const discord: Adapter<"note", z.infer<typeof config>> = {
  name: "discord",
  medium: "note",
  config,
  traits: { idempotent: false, maxLength: 2000, perMinute: 30, card: "client" },
  // The documents say "characters" and no more: UTF-16 units are never fewer than code points or graphemes.
  measure: (text) => content(text).length,
  async open({ url, username }, tools): Promise<Transport<"note">> {
    const secrets = [url.slice(url.lastIndexOf("/") + 1)];
    const call = (
      method: "GET" | "POST" | "PATCH" | "DELETE",
      path: string,
      body: object | undefined,
      signal: AbortSignal,
    ) =>
      request({
        fetch: tools.fetch,
        url: `${url}${path}`,
        method,
        ...(body !== undefined && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
        secrets,
        waitSeconds,
        signal,
      });

    return {
      async send(envelope, signal) {
        // Without `wait` there is no id, and so no edit.
        const body = { ...message(envelope), ...(username && { username }) };
        const { text } = await call("POST", "?wait=true", body, signal);
        return { remoteId: answered(created, text, "Discord").id };
      },

      async update(receipt, envelope, signal) {
        await call("PATCH", `/messages/${idOf(receipt)}`, message(envelope), signal);
        return receipt;
      },

      async retract(receipt, signal) {
        try {
          await call("DELETE", `/messages/${idOf(receipt)}`, undefined, signal);
        } catch (error) {
          // 10008 Unknown Message: it is gone already. A webhook that is gone says 10015 and is a failure.
          if (!(error instanceof DeliveryError) || error.failure.status !== 404 || !error.message.includes("10008"))
            throw error;
        }
      },

      async check(signal) {
        await call("GET", "", undefined, signal);
      },

      [Symbol.asyncDispose]: async () => undefined,
    };
  },
};
export default discord;

function message({ rendition }: Envelope<"note">): object {
  const { card, url, text } = rendition;
  // https://docs.discord.com/developers/resources/message#embed-object: 256 and 4096 characters.
  const embed = {
    title: card.title.slice(0, 256),
    description: card.description.slice(0, 4096),
    url,
    ...(card.image && { image: { url: card.image.url } }),
  };
  return { content: content(text), embeds: [embed], allowed_mentions: { parse: [] } };
}

/** Marks of Markdown lose their meaning; a link in angle brackets gets no preview of its own beside the card. */
function content(text: string): string {
  return text
    .split(/(https?:\/\/\S+)/)
    .map((piece, index) => (index % 2 === 1 ? `<${piece}>` : piece.replace(/[\\*_~`|>#[\]<-]/g, "\\$&")))
    .join("");
}

/** https://docs.discord.com/developers/topics/rate-limits: seconds, with a fraction. */
function waitSeconds(body: string): number | null {
  try {
    return throttled.parse(JSON.parse(body)).retry_after;
  } catch {
    return null;
  }
}

function idOf({ remoteId = "" }: Receipt): string {
  return encodeURIComponent(remoteId);
}
