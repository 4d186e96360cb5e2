/** Posts into a Matrix room (https://spec.matrix.org/latest/client-server-api). */

import { z } from "zod";
import type { Adapter, Transport } from "#core/adapter.ts";
import { messageOf } from "#core/errors.ts";
import type { NoteRendition } from "#core/renditions/rendition.ts";
import { DeliveryError, type Receipt } from "#core/sending/delivery.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import { httpAddress } from "./http/address.ts";
import { answered } from "./http/answered.ts";
import { fetchPicture, isPictureRefused } from "./http/picture.ts";
import { editContent, formatted, keyField, messageContent, type StoredPicture } from "./matrix/message.ts";
import { openSession } from "./matrix/session.ts";

const config = z.strictObject({
  server: httpAddress,
  token: z.string().min(1),
  /** Where the server's tokens expire. */
  refreshToken: z.string().min(1).optional(),
  room: z.string().regex(/^[!#]\S+$/, 'expected the id of a room ("!…") or its alias ("#name:example.org")'),
  /** Shown as from a program: quieter than a message. */
  notice: z.boolean().default(false),
  /** Sends the post's picture, with the text as its caption. */
  picture: z.boolean().default(false),
});

const mostPictureBytes = 10 * 1024 * 1024;
/** Characters of a description that become the name of the file: there is no other place for it. */
const mostName = 100;

/** An event has at most 65,536 bytes, and an edit holds the message twice. */
const mostBytes = 30_000;
/** The server's clock and ours. */
const clockSkewMs = 60_000;
const pageLength = 100;
const mostPages = 20;

const sent = z.object({ event_id: z.string().min(1) });
const resolved = z.object({ room_id: z.string().min(1) });
const whoami = z.object({ user_id: z.string().min(1) });
const event = z.object({
  event_id: z.string(),
  origin_server_ts: z.number(),
  content: z.record(z.string(), z.unknown()),
});
const messages = z.object({ chunk: z.array(event), end: z.string().optional() });

const matrix: Adapter<"note", z.infer<typeof config>> = {
  name: "matrix",
  medium: "note",
  config,
  // Servers forget a transaction after a while (Synapse: a day): what is uncertain is looked for instead.
  traits: { idempotent: false, maxLength: mostBytes, warnings: true },
  // Bytes, as text and as HTML.
  measure: (text) => Buffer.byteLength(JSON.stringify([text, formatted(text)])),
  async open({ room, notice, picture, ...credentials }, tools): Promise<Transport<"note">> {
    const { call, upload } = openSession(credentials, tools);
    const msgtype = notice ? "m.notice" : "m.text";

    let known: string | null = room.startsWith("!") ? room : null;
    const roomPath = async (signal: AbortSignal): Promise<string> => {
      if (known === null) {
        const { text } = await call("GET", `/directory/room/${encodeURIComponent(room)}`, undefined, signal);
        known = answered(resolved, text, "Matrix").room_id;
      }
      return `/rooms/${encodeURIComponent(known)}`;
    };

    /** The same transaction of the same device is the same event, however often it is asked for. */
    const put = async (
      transaction: string,
      content: object,
      signal: AbortSignal,
      harmless = false,
    ): Promise<string> => {
      const path = `${await roomPath(signal)}/send/m.room.message/${encodeURIComponent(transaction)}`;
      return answered(sent, (await call("PUT", path, content, signal, harmless)).text, "Matrix").event_id;
    };

    /** None behind a warning: clients hide text, but no pictures. One that can't be had or isn't taken is missing. */
    const pictureOf = async (rendition: NoteRendition, signal: AbortSignal): Promise<StoredPicture | null> => {
      const { image, contentWarning } = rendition;
      if (!picture || !image || contentWarning) return null;
      const without = (error: unknown): null => {
        tools.log.warn(`The post is sent without its picture: ${messageOf(error)}`, { picture: image.url });
        return null;
      };
      const fetched = await fetchPicture(tools.fetch, image.url, mostPictureBytes, signal).catch(without);
      if (!fetched) return null;
      const name = [...image.alt.replace(/[/\\]/g, " ")].slice(0, mostName).join("") || "picture";
      const fileName = `${name}.${fetched.type.split("/")[1]}`;
      const info = { mimetype: fetched.type, size: fetched.bytes.length };
      return upload(fetched, fileName, signal).then(
        (url) => ({ url, fileName, info }),
        (error: unknown) => {
          if (isPictureRefused(error)) return without(error);
          throw error;
        },
      );
    };

    const contentOf = async (rendition: NoteRendition, key: string, signal: AbortSignal): Promise<object> =>
      messageContent(rendition, msgtype, key, await pictureOf(rendition, signal));

    const receiptOf = (eventId: string): Receipt => ({
      remoteId: eventId,
      url: `https://matrix.to/#/${encodeURIComponent(known ?? room)}/${encodeURIComponent(eventId)}`,
    });

    return {
      async send({ key, rendition }, signal) {
        return receiptOf(await put(key, await contentOf(rendition, key, signal), signal));
      },

      async find({ key, publishedAt }, signal) {
        const path = await roomPath(signal);
        const me = answered(whoami, (await call("GET", "/account/whoami", undefined, signal)).text, "Matrix").user_id;
        const filter = JSON.stringify({ senders: [me], types: ["m.room.message"] });
        const since = publishedAt.getTime() - clockSkewMs;
        let from: string | undefined;
        for (let page = 0; page < mostPages; page++) {
          const query = new URLSearchParams({ dir: "b", limit: String(pageLength), filter, ...(from && { from }) });
          const { text } = await call("GET", `${path}/messages?${query}`, undefined, signal);
          const { chunk, end } = answered(messages, text, "Matrix");
          const found = chunk.find(({ content }) => content[keyField] === key && !("m.new_content" in content));
          if (found) return receiptOf(found.event_id);
          const last = chunk.at(-1);
          if (end === undefined || end === from || (last && last.origin_server_ts < since)) return null;
          from = end;
        }
        throw unsure();
      },

      async update(receipt, { key, rendition }, signal) {
        const { remoteId = "" } = receipt;
        const content = editContent(await contentOf(rendition, key, signal), remoteId);
        await put(`${key}-${rendition.revision}`, content, signal, true);
        return receipt;
      },

      async retract({ remoteId = "" }, signal) {
        const target = `${encodeURIComponent(remoteId)}/${sha256(`redact\n${remoteId}`)}`;
        await call("PUT", `${await roomPath(signal)}/redact/${target}`, {}, signal, true);
      },

      async check(signal) {
        const path = await roomPath(signal);
        try {
          await call("GET", `${path}/state/m.room.encryption`, undefined, signal);
        } catch (error) {
          // Not found: the room is not encrypted, and we may look into it.
          if (error instanceof DeliveryError && error.failure.status === 404) return;
          throw error;
        }
        throw encrypted();
      },

      [Symbol.asyncDispose]: async () => undefined,
    };
  },
};
export default matrix;

function unsure(): DeliveryError {
  const message = `It is not known whether this was posted: there are more than ${mostPages * pageLength} newer messages. Check there.`;
  return new DeliveryError({ kind: "uncertain", scope: "recipient", code: "unsure", message });
}

function encrypted(): DeliveryError {
  const message = "The room is encrypted. Postrider can't encrypt messages. Use a room without encryption.";
  return new DeliveryError({ kind: "permanent", scope: "channel", code: "encrypted", message });
}
