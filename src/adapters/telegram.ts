/** Posts into a Telegram channel or group as a bot (https://core.telegram.org/bots/api). */

import { z } from "zod";
import type { Adapter, Envelope, Transport } from "#core/adapter.ts";
import { DeliveryError, type Receipt } from "#core/sending/delivery.ts";
import { httpAddress } from "./http/address.ts";
import { answered } from "./http/answered.ts";
import { request } from "./http/request.ts";

const config = z.strictObject({
  /** As BotFather gives it. */
  token: z.string().regex(/^\d+:[\w-]+$/, 'expected a bot token such as "123456:ABC-DEF"'),
  /** `@name` of a public channel, or the number of a chat. */
  chat: z.union([z.string().regex(/^(@\w+|-?\d+)$/, 'expected "@name" or the number of a chat'), z.int()]),
  /** Shows the post's picture above the text, which then has room for 1024 instead of 4096. */
  photo: z.boolean().default(false),
  silent: z.boolean().default(false),
  api: httpAddress.default("https://api.telegram.org"),
});

const sent = z.object({
  result: z.object({ message_id: z.int(), chat: z.object({ username: z.string().optional() }).optional() }),
});
const throttled = z.object({ parameters: z.object({ retry_after: z.number() }) });

/** https://core.telegram.org/bots/api#sendmessage and #sendphoto: characters after entities parsing. */
const mostText = 4096;
const mostCaption = 1024;
/** Stands before the id of a message with a picture: its text is a caption, which another method edits. */
const photoMark = "photo:";

const telegram: Adapter<"note", z.infer<typeof config>> = {
  name: "telegram",
  medium: "note",
  config,
  // https://core.telegram.org/bots/faq: 20 a minute to one group.
  traits: { idempotent: false, maxLength: mostText, perMinute: 20 },
  // UTF-16 units, as offsets of entities count. We send no markup, so there is nothing to parse away.
  measure: (text) => text.length,
  async open({ token, chat, photo, silent, api }, tools): Promise<Transport<"note">> {
    const call = async (method: string, body: unknown, signal: AbortSignal): Promise<string> => {
      const answer = await request({
        fetch: tools.fetch,
        url: `${api.replace(/\/$/, "")}/bot${token}/${method}`,
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
        secrets: [token],
        waitSeconds,
        signal,
      });
      return answer.text;
    };

    const receiptOf = (text: string, mark: string): Receipt => {
      const { result } = answered(sent, text, "Telegram");
      const name = result.chat?.username;
      return {
        remoteId: `${mark}${result.message_id}`,
        ...(name && { url: `https://t.me/${name}/${result.message_id}` }),
      };
    };

    const sendPhoto = async ({ rendition }: Envelope<"note">, picture: string, signal: AbortSignal) => {
      const { text } = rendition;
      const body = { chat_id: chat, photo: picture, caption: text, disable_notification: silent };
      return receiptOf(await call("sendPhoto", body, signal), photoMark);
    };

    return {
      ...(photo && { limits: async () => ({ maxLength: mostCaption }) }),

      async send(envelope, signal) {
        const { rendition } = envelope;
        const picture = rendition.card.image?.url;
        if (photo && picture && rendition.text.length <= mostCaption) {
          try {
            return await sendPhoto(envelope, picture, signal);
          } catch (error) {
            // A picture that is too big or that Telegram can't fetch is a certain no: the text is worth more than it.
            if (!isRefused(error)) throw error;
            tools.log.warn("Telegram refused the picture. The text is sent without it");
          }
        }
        const body = {
          chat_id: chat,
          text: rendition.text,
          link_preview_options: { url: rendition.url },
          disable_notification: silent,
        };
        return receiptOf(await call("sendMessage", body, signal), "");
      },

      async update(receipt, { rendition }, signal) {
        const { id, isPhoto } = messageOf(receipt);
        const target = { chat_id: chat, message_id: id };
        try {
          if (isPhoto) await call("editMessageCaption", { ...target, caption: rendition.text }, signal);
          else {
            const preview = { link_preview_options: { url: rendition.url } };
            await call("editMessageText", { ...target, text: rendition.text, ...preview }, signal);
          }
        } catch (error) {
          if (!isRefused(error) || !error.message.includes("message is not modified")) throw error;
        }
        return receipt;
      },

      async retract(receipt, signal) {
        try {
          await call("deleteMessage", { chat_id: chat, message_id: messageOf(receipt).id }, signal);
        } catch (error) {
          if (!isRefused(error) || !error.message.includes("message to delete not found")) throw error;
        }
      },

      async check(signal) {
        await call("getChat", { chat_id: chat }, signal);
      },

      [Symbol.asyncDispose]: async () => undefined,
    };
  },
};
export default telegram;

/** https://core.telegram.org/bots/api#responseparameters */
function waitSeconds(body: string): number | null {
  try {
    return throttled.parse(JSON.parse(body)).parameters.retry_after;
  } catch {
    return null;
  }
}

function messageOf({ remoteId = "" }: Receipt): { id: number; isPhoto: boolean } {
  const isPhoto = remoteId.startsWith(photoMark);
  return { id: Number(isPhoto ? remoteId.slice(photoMark.length) : remoteId), isPhoto };
}

function isRefused(error: unknown): error is DeliveryError {
  return error instanceof DeliveryError && error.failure.status === 400;
}
