/** One connection to the embedded database: reads its messages and runs them in groups on the shared session. */

import type { Socket } from "node:net";
import { errorResponse, type Frame, frameReader, readyForQuery } from "./protocol.ts";
import type { Borrower, Session } from "./session.ts";
import { openingOf, startupSettings, welcome } from "./startup.ts";
import { type Noted, note, renamed, silenced, sqlOf } from "./statements.ts";

const idleInTransactionMs = 15_000;

export interface Connection {
  /** Passes a notification on, if the connection listens to its channel. */
  notify(channel: string, message: Buffer): void;
  end(): void;
}

/** @param id - the unique number of the connection. */
export function serveConnection(socket: Socket, id: number, session: Session, version: string): Connection {
  const reader = frameReader();
  const channels = new Set<string>();
  const borrower = { settings: [] as string[] };
  const idle = idleInTransaction(socket);
  let started = false;
  const group = openGroup(socket, session, borrower, idle);
  let work = Promise.resolve();

  /** `false`: the connection accepts no more messages. */
  const open = (bytes: Buffer): boolean => {
    const opening = openingOf(bytes);
    if (opening === "encryption") socket.write("N");
    else if (opening === "unsupported") socket.end();
    else {
      started = true;
      borrower.settings.push(...startupSettings(bytes));
      socket.write(welcome(id, version));
    }
    return opening !== "unsupported";
  };

  /** Adds a message to the group, and records its effect on this connection. */
  const add = (message: Frame, noted: Noted | null): void => {
    if (noted) follow(channels, noted);
    borrower.settings.push(...(noted?.settings ?? []));
    // Other connections may still listen, so only this connection stops getting notifications.
    group.add(renamed(noted?.unlistens.length ? silenced(message) : message, id));
  };

  const take = async (): Promise<void> => {
    for (let message = reader.next(!started); message; message = reader.next(!started)) {
      if (!started) {
        if (!open(message.bytes)) return;
        continue;
      }
      if (message.type === "X") {
        socket.end();
        return;
      }
      const sql = sqlOf(message);
      const noted = sql === null ? null : note(sql);
      if (noted?.copies) {
        refuseCopy(socket, message);
        continue;
      }
      add(message, noted);
      // A simple query, a sync or a function call ends a group: the group is run now.
      if (message.type === "Q" || message.type === "S" || message.type === "F") await group.run();
    }
  };

  socket.on("data", (chunk: Buffer) => {
    // A connection that is sending a large statement is not idle.
    idle.refresh();
    reader.push(chunk);
    work = work.then(take).catch(() => {
      socket.destroy();
    });
  });
  socket.on("error", () => socket.destroy());
  socket.once("close", () => {
    idle.end();
    void work.then(() => session.leave(borrower));
  });
  return {
    notify(channel, message) {
      if (channels.has(channel)) socket.write(message);
    },
    end: () => void socket.end(errorResponse("FATAL", "57P01", "the embedded database is closing")),
  };
}

/** Collects messages, and runs them together once the session is lent to this connection. */
function openGroup(socket: Socket, session: Session, borrower: Borrower, idle: IdleTimer) {
  let waiting: Buffer[] = [];
  return {
    add: (message: Buffer): void => void waiting.push(message),
    async run(): Promise<void> {
      const messages = Buffer.concat(waiting);
      waiting = [];
      idle.end();
      try {
        await session.borrow(borrower);
      } catch (error) {
        socket.write(Buffer.concat([errorResponse("ERROR", "55P03", (error as Error).message), readyForQuery("I")]));
        return;
      }
      const { answer, status } = await session.run(borrower, messages);
      // The connection closed while it waited. Its transaction is rolled back.
      if (socket.destroyed) return session.leave(borrower);
      if (!socket.write(Buffer.concat(answer))) await drained(socket);
      if (status !== "I") idle.begin();
    },
  };
}

/** Resolves once the client has read what was written, or is gone. */
function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      socket.off("drain", done).off("close", done);
      resolve();
    };
    socket.once("drain", done).once("close", done);
  });
}

/** Updates the channels that the connection listens to. */
function follow(channels: Set<string>, { listens, unlistens }: Noted): void {
  for (const channel of listens) channels.add(channel);
  for (const channel of unlistens) channel === "*" ? channels.clear() : channels.delete(channel);
}

function refuseCopy(socket: Socket, { type }: Frame): void {
  socket.write(
    Buffer.concat([
      errorResponse("ERROR", "0A000", "the embedded database does not support COPY"),
      ...(type === "Q" ? [readyForQuery("I")] : []),
    ]),
  );
  if (type === "P") socket.end();
}

interface IdleTimer {
  begin(): void;
  refresh(): void;
  end(): void;
}

/** An idle transaction blocks all other connections. */
function idleInTransaction(socket: Socket): IdleTimer {
  let timer: NodeJS.Timeout | undefined;
  return {
    begin(): void {
      timer = setTimeout(() => {
        socket.end(
          errorResponse(
            "FATAL",
            "25P03",
            "idle in a transaction for too long: the embedded database runs one transaction at a time",
          ),
        );
      }, idleInTransactionMs);
    },
    refresh: (): void => void timer?.refresh(),
    end(): void {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
