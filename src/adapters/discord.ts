/** Posts into a Discord channel through a webhook (https://docs.discord.com/developers/resources/webhook). */

import { z } from "zod";
import type { Adapter, Envelope, Transport } from "#core/adapter.ts";
import { messageOf } from "#core/errors.ts";
import type { NoteRendition } from "#core/renditions/rendition.ts";
import { DeliveryError, type Receipt } from "#core/sending/delivery.ts";
import { httpAddress } from "./http/address.ts";
import { answered } from "./http/answered.ts";
import { fetchPicture, type Picture } from "./http/picture.ts";
import { pauseWhenUsedUp } from "./http/rate-limit.ts";
import { request } from "./http/request.ts";

const config = z.strictObject({
  /** Whoever knows it can post: a secret. */
  url: httpAddress.regex(/\/webhooks\/\d+\/[\w-]+$/, 'expected an address that ends in "/webhooks/<id>/<token>"'),
  /** Shown in place of the webhook's own name. */
  username: z.string().min(1).max(80).optional(),
  /** Sends the picture of the card along, with its description, instead of its address. */
  picture: z.boolean().default(false),
});

/** Of an attachment, and of its description. */
const mostPictureBytes = 10 * 1024 * 1024;
const mostAltText = 1024;

const created = z.object({ id: z.string(), channel_id: z.string().optional() });
const about = z.object({ guild_id: z.string().nullish() });
const throttled = z.object({ retry_after: z.number() });

const discord: Adapter<"note", z.infer<typeof config>> = {
  name: "discord",
  medium: "note",
  config,
  traits: { idempotent: false, maxLength: 2000, card: "client" },
  // The documents say "characters" and no more: UTF-16 units are never fewer than code points or graphemes.
  measure: (text) => content(text).length,
  async open({ url, username, picture }, tools): Promise<Transport<"note">> {
    const secrets = [url.slice(url.lastIndexOf("/") + 1)];
    const call = (
      method: "GET" | "POST" | "PATCH" | "DELETE",
      path: string,
      body: object | undefined,
      signal: AbortSignal,
      file?: Picture | null,
    ) =>
      request({
        fetch: tools.fetch,
        url: `${url}${path}`,
        method,
        ...(body !== undefined && (file ? { body: formOf(body, file) } : json(body))),
        secrets,
        waitSeconds,
        signal,
      });

    const pictureOf = async ({ card }: NoteRendition, signal: AbortSignal): Promise<Picture | null> => {
      if (!picture || !card.image) return null;
      return fetchPicture(tools.fetch, card.image.url, mostPictureBytes, signal).catch((error: unknown) => {
        tools.log.warn(`The picture is linked from the site instead of uploaded: ${messageOf(error)}`);
        return null;
      });
    };

    /** A picture that Discord doesn't take is shown from the site. */
    const withPicture = async <T>(
      { rendition }: Envelope<"note">,
      signal: AbortSignal,
      send: (file: Picture | null) => Promise<T>,
    ): Promise<T> => {
      const file = await pictureOf(rendition, signal);
      return send(file).catch((error: unknown) => {
        // A 400 may mean the text as well as the picture.
        if (!file || !(error instanceof DeliveryError) || error.failure.status !== 413) throw error;
        tools.log.warn(`The picture is linked from the site instead of uploaded: ${messageOf(error)}`);
        return send(null);
      });
    };

    /** Of the server: only needed to say where the message is, and so nothing fails without it. */
    let guild: Promise<string | null> | undefined;
    const guildOf = (signal: AbortSignal): Promise<string | null> => {
      guild ??= call("GET", "", undefined, signal).then(
        ({ text }) => about.safeParse(parsed(text)).data?.guild_id ?? null,
        () => null,
      );
      return guild;
    };

    return {
      async send(envelope, signal) {
        // Without `wait` there is no id, and so no edit.
        const { text, headers } = await withPicture(envelope, signal, (file) =>
          call("POST", "?wait=true", { ...message(envelope, file), ...(username && { username }) }, signal, file),
        );
        const { id, channel_id: channel } = answered(created, text, "Discord");
        const server = channel ? await guildOf(signal) : null;
        const pauseMs = pauseWhenUsedUp(headers, tools.clock.now());
        return {
          remoteId: id,
          ...(server && { url: `https://discord.com/channels/${server}/${channel}/${id}` }),
          ...(pauseMs !== null && { pauseMs }),
        };
      },

      async update(receipt, envelope, signal) {
        await withPicture(envelope, signal, (file) =>
          call("PATCH", `/messages/${idOf(receipt)}`, message(envelope, file), signal, file),
        ).catch((error) => {
          throw isGone(error) ? gone(error) : error;
        });
        return receipt;
      },

      async retract(receipt, signal) {
        try {
          await call("DELETE", `/messages/${idOf(receipt)}`, undefined, signal);
        } catch (error) {
          if (!isGone(error)) throw error;
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

function message({ rendition }: Envelope<"note">, file: Picture | null): object {
  const { card, url, text } = rendition;
  const description = [...(card.image?.alt ?? "")].slice(0, mostAltText).join("");
  // https://docs.discord.com/developers/resources/message#embed-object: 256 and 4096 characters.
  const embed = {
    title: card.title.slice(0, 256),
    description: card.description.slice(0, 4096),
    url,
    ...(card.image && { image: { url: file ? `attachment://${nameOf(file)}` : card.image.url } }),
  };
  return {
    content: content(text),
    embeds: [embed],
    allowed_mentions: { parse: [] },
    ...(file && { attachments: [{ id: 0, filename: nameOf(file), ...(description && { description }) }] }),
  };
}

function nameOf({ type }: Picture): string {
  return `picture.${type.split("/")[1]}`;
}

function json(body: object) {
  return { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** https://docs.discord.com/developers/reference#uploading-files */
function formOf(body: object, file: Picture): FormData {
  const form = new FormData();
  form.set("payload_json", JSON.stringify(body));
  form.set("files[0]", new Blob([file.bytes], { type: file.type }), nameOf(file));
  return form;
}

/** 10008 Unknown Message. A webhook that is gone says 10015 and is a failure. */
function isGone(error: unknown): boolean {
  return error instanceof DeliveryError && error.failure.status === 404 && error.message.includes("10008");
}

function gone(cause: unknown): DeliveryError {
  const message =
    "The post was deleted on Discord and can't be edited. Use `republish --mode repost` to post it again.";
  return new DeliveryError({ kind: "permanent", scope: "recipient", code: "gone", message }, { cause });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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
