/** Posts into a Matrix room (https://spec.matrix.org/latest/client-server-api). */

import { z } from "zod";
import type { Adapter, Transport } from "#core/adapter.ts";
import { DeliveryError, type Receipt } from "#core/delivery.ts";
import { sha256 } from "#core/idempotency.ts";
import { httpAddress } from "./http/address.ts";
import { answered } from "./http/answered.ts";
import { editContent, formatted, keyField, messageContent } from "./matrix/message.ts";
import { openSession } from "./matrix/session.ts";

const config = z.strictObject({
  server: httpAddress,
  token: z.string().min(1),
  /** Where the server's tokens expire. */
  refreshToken: z.string().min(1).optional(),
  room: z.string().regex(/^[!#]\S+$/, 'expected the id ("!…") or an alias ("#name:example.org") of a room'),
  /** Shown as from a program: quieter than a message. */
  notice: z.boolean().default(false),
});

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
  traits: { idempotent: false, maxLength: mostBytes, perMinute: 30, warnings: true },
  // Bytes, as text and as HTML.
  measure: (text) => Buffer.byteLength(JSON.stringify([text, formatted(text)])),
  async open({ room, notice, ...credentials }, tools): Promise<Transport<"note">> {
    const call = openSession(credentials, tools);
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

    const receiptOf = (eventId: string): Receipt => ({
      remoteId: eventId,
      url: `https://matrix.to/#/${encodeURIComponent(known ?? room)}/${encodeURIComponent(eventId)}`,
    });

    return {
      async send({ key, rendition }, signal) {
        return receiptOf(await put(key, messageContent(rendition, msgtype, key), signal));
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
        const content = editContent(messageContent(rendition, msgtype, key), remoteId);
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
  const message = `Whether it was posted can't be told: there are more than ${mostPages * pageLength} messages since. Look there.`;
  return new DeliveryError({ kind: "uncertain", scope: "recipient", code: "unsure", message });
}

function encrypted(): DeliveryError {
  const message =
    "The room is encrypted, and what Postrider posts is not: its clients would warn. Use a room that is not.";
  return new DeliveryError({ kind: "permanent", scope: "channel", code: "encrypted", message });
}
