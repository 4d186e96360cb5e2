/** Keeps connections open between emails, so that each one logs in once. */

import { DeliveryError } from "#core/sending/delivery.ts";
import type { Carrier } from "../carrier.ts";
import { type Connection, connect } from "./connection.ts";
import type { Relay } from "./relay.ts";

/** As many connections as there are sends at once: the caller's concurrency is the bound. */
export function openPool(relay: Relay, timeoutMs: number): Carrier {
  const idle: Connection[] = [];

  const take = async (signal: AbortSignal): Promise<Connection> => {
    for (let kept = idle.pop(); kept; kept = idle.pop()) if (kept.open) return kept;
    return connect(relay, timeoutMs, signal);
  };
  const giveBack = (connection: Connection): void => {
    if (connection.open) idle.push(connection);
  };

  return {
    async send(from, address, message, signal) {
      for (;;) {
        const connection = await take(signal);
        try {
          return await connection.send(from, address, message, signal);
        } catch (error) {
          // A server may end a conversation between two mails, after so many or so long; a new one answers whether it is more.
          const stale = connection.sent > 0 && !connection.open && isNotTaken(error) && !signal.aborted;
          if (!stale) throw error;
        } finally {
          giveBack(connection);
        }
      }
    },
    async check(signal) {
      giveBack(await take(signal));
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(idle.splice(0).map((connection) => connection.close()));
    },
  };
}

/** Nothing of the mail went out, and it isn't the mail's fault. */
function isNotTaken(error: unknown): boolean {
  return error instanceof DeliveryError && error.failure.kind === "temporary" && error.failure.scope === "channel";
}
