/** The engine's single session, lent to one connection at a time until its transaction ends. */

import type { PGlite } from "@electric-sql/pglite";
import { cstring, type Frame, framesOf, query } from "./protocol.ts";

/** After this time, another transaction must be hanging. An error shows this; waiting would hide it. */
const patienceMs = 15_000;

export interface Borrower {
  /** Statements for the connection's settings. They run each time the session moves to another connection. */
  readonly settings: readonly string[];
}

export interface Session {
  /** Resolves when this borrower has the session; immediately if it is in its transaction. Rejects if that takes too long. */
  borrow(borrower: Borrower): Promise<void>;
  /** Runs a group of messages, and returns the session unless a transaction is open. Returns the answer and the state (`I`, `T`, `E`). */
  run(borrower: Borrower, messages: Buffer): Promise<{ answer: Buffer[]; status: string }>;
  /** Ends the borrower's transaction, or removes it from the queue. */
  leave(borrower: Borrower): Promise<void>;
}

export interface SessionEvents {
  notified(channel: string, message: Buffer): void;
  /** The engine gave no answer: its stack overflowed. From then on it loses errors, or does not answer at all. */
  broken(): void;
}

export function openSession(db: PGlite, { notified, broken }: SessionEvents): Session {
  let holder: Borrower | null = null;
  let last: Borrower | null = null;
  const queue: { borrower: Borrower; grant: () => void; timer: NodeJS.Timeout }[] = [];

  const execute = async (messages: Buffer): Promise<{ answer: Buffer[]; status: string }> => {
    const bytes = await db.execProtocolRaw(messages, { syncToFs: false });
    const answer: Buffer[] = [];
    let status = "";
    for (const message of framesOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))) {
      if (message.type === "A") notified(channelOf(message), message.bytes);
      else answer.push(message.bytes);
      if (message.type === "Z") status = message.bytes.toString("latin1", 5);
    }
    if (status === "") broken();
    return { answer, status };
  };
  const giveBack = (): void => {
    holder = null;
    const next = queue.shift();
    if (!next) return;
    clearTimeout(next.timer);
    holder = next.borrower;
    next.grant();
  };

  return {
    borrow(borrower) {
      if (holder === borrower) return Promise.resolve();
      if (!holder) {
        holder = borrower;
        return Promise.resolve();
      }
      return new Promise((grant, reject) => {
        const timer = setTimeout(() => {
          queue.splice(queue.indexOf(entry), 1);
          reject(new Error("another connection to the embedded database did not end its transaction in time"));
        }, patienceMs);
        const entry = { borrower, grant, timer };
        queue.push(entry);
      });
    },
    async run(borrower, messages) {
      let status = "I";
      try {
        if (last !== borrower) {
          // Settings of one connection must not affect the next.
          await execute(Buffer.concat(["reset all", ...borrower.settings].map(query)));
          last = borrower;
        }
        const result = await execute(messages);
        status = result.status;
        return result;
      } finally {
        if (status === "I") giveBack();
      }
    },
    async leave(borrower) {
      const waiting = queue.findIndex((entry) => entry.borrower === borrower);
      if (waiting >= 0) clearTimeout(queue.splice(waiting, 1)[0]?.timer);
      if (last === borrower) last = null;
      if (holder !== borrower) return;
      await execute(query("rollback"));
      giveBack();
    },
  };
}

/** NotificationResponse: length, process, channel, payload. */
function channelOf({ bytes }: Frame): string {
  return cstring(bytes, 9).text;
}
