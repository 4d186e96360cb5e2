/** A Matrix room by its id or its alias: puts messages into it, looks for them and takes them back. */

import { z } from "zod";
import { DeliveryError } from "#core/sending/delivery.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import { answered } from "../http/answered.ts";
import { keyField } from "./message.ts";
import type { Call } from "./session.ts";

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

/** All methods throw `DeliveryError`. Messages are named by the id of their event. */
export interface Room {
  /** The same transaction of the same device is the same event, however often it is asked for. `harmless`: see `HttpRequest`. */
  put(transaction: string, content: object, signal: AbortSignal, harmless?: boolean): Promise<string>;
  /** Our message with this key; `null` when there is none since that time. */
  find(key: string, since: number, signal: AbortSignal): Promise<string | null>;
  redact(eventId: string, signal: AbortSignal): Promise<void>;
  isEncrypted(signal: AbortSignal): Promise<boolean>;
  /** Where people see a message. */
  pageOf(eventId: string): string;
}

/** @param room - an id (`!…`) or an alias (`#name:example.org`), which is resolved when it is needed. */
export function openRoom(room: string, call: Call): Room {
  let known: string | null = room.startsWith("!") ? room : null;
  const pathOf = async (signal: AbortSignal): Promise<string> => {
    if (known === null) {
      const { text } = await call("GET", `/directory/room/${encodeURIComponent(room)}`, undefined, signal);
      known = answered(resolved, text, "Matrix").room_id;
    }
    return `/rooms/${encodeURIComponent(known)}`;
  };

  return {
    async put(transaction, content, signal, harmless = false) {
      const path = `${await pathOf(signal)}/send/m.room.message/${encodeURIComponent(transaction)}`;
      return answered(sent, (await call("PUT", path, content, signal, harmless)).text, "Matrix").event_id;
    },

    async find(key, since, signal) {
      const path = await pathOf(signal);
      const me = answered(whoami, (await call("GET", "/account/whoami", undefined, signal)).text, "Matrix").user_id;
      const filter = JSON.stringify({ senders: [me], types: ["m.room.message"] });
      let from: string | undefined;
      for (let page = 0; page < mostPages; page++) {
        const query = new URLSearchParams({ dir: "b", limit: String(pageLength), filter, ...(from && { from }) });
        const { text } = await call("GET", `${path}/messages?${query}`, undefined, signal);
        const { chunk, end } = answered(messages, text, "Matrix");
        const found = chunk.find(({ content }) => content[keyField] === key && !("m.new_content" in content));
        if (found) return found.event_id;
        const last = chunk.at(-1);
        if (end === undefined || end === from || (last && last.origin_server_ts < since)) return null;
        from = end;
      }
      throw unsure();
    },

    async redact(eventId, signal) {
      const target = `${encodeURIComponent(eventId)}/${sha256(`redact\n${eventId}`)}`;
      await call("PUT", `${await pathOf(signal)}/redact/${target}`, {}, signal, true);
    },

    async isEncrypted(signal) {
      const path = await pathOf(signal);
      try {
        await call("GET", `${path}/state/m.room.encryption`, undefined, signal);
        return true;
      } catch (error) {
        // Not found: the room is not encrypted, and we may look into it.
        if (error instanceof DeliveryError && error.failure.status === 404) return false;
        throw error;
      }
    },

    pageOf: (eventId) => `https://matrix.to/#/${encodeURIComponent(known ?? room)}/${encodeURIComponent(eventId)}`,
  };
}

function unsure(): DeliveryError {
  const message = `It is not known whether this was posted: there are more than ${mostPages * pageLength} newer messages. Check there.`;
  return new DeliveryError({ kind: "uncertain", scope: "recipient", code: "unsure", message });
}
