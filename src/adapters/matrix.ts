/** Posts into a Matrix room (https://spec.matrix.org/latest/client-server-api). */

import { z } from "zod";
import type { Adapter, Transport } from "#core/adapter.ts";
import type { NoteRendition } from "#core/renditions/rendition.ts";
import { DeliveryError, type Receipt } from "#core/sending/delivery.ts";
import { httpAddress } from "./http/address.ts";
import { editContent, formatted, messageContent } from "./matrix/message.ts";
import { storePicture } from "./matrix/picture.ts";
import { openRoom } from "./matrix/room.ts";
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

/** An event has at most 65,536 bytes, and an edit holds the message twice. */
const mostBytes = 30_000;
/** The server's clock and ours. */
const clockSkewMs = 60_000;

const matrix: Adapter<"note", z.infer<typeof config>> = {
  name: "matrix",
  medium: "note",
  config,
  // Servers forget a transaction after a while (Synapse: a day): what is uncertain is looked for instead.
  traits: { idempotent: false, maxLength: mostBytes, warnings: true },
  // Bytes, as text and as HTML.
  measure: (text) => Buffer.byteLength(JSON.stringify([text, formatted(text)])),
  async open({ room: address, notice, picture, ...credentials }, tools): Promise<Transport<"note">> {
    const { call, upload } = openSession(credentials, tools);
    const room = openRoom(address, call);
    const msgtype = notice ? "m.notice" : "m.text";

    const contentOf = async (rendition: NoteRendition, key: string, signal: AbortSignal): Promise<object> => {
      const stored = picture ? await storePicture(rendition, upload, tools, signal) : null;
      return messageContent(rendition, msgtype, key, stored);
    };

    const receiptOf = (eventId: string): Receipt => ({ remoteId: eventId, url: room.pageOf(eventId) });

    return {
      async send({ key, rendition }, signal) {
        return receiptOf(await room.put(key, await contentOf(rendition, key, signal), signal));
      },

      async find({ key, publishedAt }, signal) {
        const found = await room.find(key, publishedAt.getTime() - clockSkewMs, signal);
        return found === null ? null : receiptOf(found);
      },

      async update(receipt, { key, rendition }, signal) {
        const { remoteId = "" } = receipt;
        const content = editContent(await contentOf(rendition, key, signal), remoteId);
        await room.put(`${key}-${rendition.revision}`, content, signal, true);
        return receipt;
      },

      retract: ({ remoteId = "" }, signal) => room.redact(remoteId, signal),

      async check(signal) {
        if (await room.isEncrypted(signal)) throw encrypted();
      },

      [Symbol.asyncDispose]: async () => undefined,
    };
  },
};
export default matrix;

function encrypted(): DeliveryError {
  const message = "The room is encrypted. Postrider can't encrypt messages. Use a room without encryption.";
  return new DeliveryError({ kind: "permanent", scope: "channel", code: "encrypted", message });
}
