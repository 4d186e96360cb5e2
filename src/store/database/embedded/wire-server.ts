/**
 * A PostgreSQL server in front of the single-session engine, so that any process of this machine can use a normal
 * client.
 */

import { createServer, type Server, type Socket } from "node:net";
import type { PGlite } from "@electric-sql/pglite";
import { cstring, errorResponse, frame, frameReader, int32, readyForQuery, startupParameters } from "./protocol.ts";
import { openSession, type Session } from "./session.ts";
import { note, renamed, sqlOf } from "./statements.ts";

/** A transaction without a next step holds up everybody else. */
const idleInTransactionMs = 15_000;
const mostConnections = 200;

/** Codes in place of a protocol version (PostgreSQL documentation, "SSL Session Encryption", "Canceling Requests"). */
const sslRequest = 80877103;
const gssRequest = 80877104;
const cancelRequest = 80877102;

export interface WireServer {
  readonly server: Server;
  /** Connections that are open now. */
  connections(): number;
  /** Called whenever one has closed. */
  onLeave(listener: () => void): void;
  close(): Promise<void>;
}

export async function openWireServer(db: PGlite): Promise<WireServer> {
  const { rows } = await db.query<{ version: string }>("select current_setting('server_version') as version");
  const version = rows[0]?.version ?? "";
  const connections = new Map<number, Connection>();
  const session = openSession(db, (channel, message) => {
    for (const connection of connections.values()) connection.notify(channel, message);
  });
  let serial = 0;
  let left = (): void => undefined;
  const server = createServer((socket) => {
    const id = ++serial;
    if (connections.size >= mostConnections) {
      socket.end(errorResponse("FATAL", "53300", `more than ${mostConnections} connections to the embedded database`));
      return;
    }
    connections.set(id, serve(socket, id, session, version));
    socket.once("close", () => {
      connections.delete(id);
      left();
    });
  });
  return {
    server,
    connections: () => connections.size,
    onLeave(listener) {
      left = listener;
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const connection of connections.values()) connection.end();
      await closed;
    },
  };
}

interface Connection {
  notify(channel: string, message: Buffer): void;
  end(): void;
}

function serve(socket: Socket, id: number, session: Session, version: string): Connection {
  const reader = frameReader();
  const channels = new Set<string>();
  const borrower = { settings: [] as string[] };
  let started = false;
  let group: Buffer[] = [];
  let idle: NodeJS.Timeout | undefined;
  let work = Promise.resolve();

  /** `false`: nothing more may come. */
  const greet = (bytes: Buffer): boolean => {
    const code = bytes.readInt32BE(4);
    if (code === sslRequest || code === gssRequest) {
      socket.write("N");
      return true;
    }
    if (code === cancelRequest || code >> 16 !== 3) {
      socket.end();
      return false;
    }
    started = true;
    borrower.settings.push(...settingsOf(startupParameters(bytes)));
    const status = {
      server_version: version,
      server_encoding: "UTF8",
      client_encoding: "UTF8",
      DateStyle: "ISO, MDY",
      TimeZone: "UTC",
      integer_datetimes: "on",
      standard_conforming_strings: "on",
    };
    socket.write(
      Buffer.concat([
        frame("R", int32(0)),
        ...Object.entries(status).map(([name, value]) => frame("S", name, value)),
        frame("K", int32(id), int32(0)),
        readyForQuery("I"),
      ]),
    );
    return true;
  };

  const runGroup = async (): Promise<void> => {
    const messages = Buffer.concat(group);
    group = [];
    clearTimeout(idle);
    idle = undefined;
    try {
      await session.borrow(borrower);
    } catch (error) {
      socket.write(Buffer.concat([errorResponse("ERROR", "55P03", (error as Error).message), readyForQuery("I")]));
      return;
    }
    const { answer, status } = await session.run(borrower, messages);
    // The connection closed while it waited: what it had begun is rolled back.
    if (socket.destroyed) return session.leave(borrower);
    if (!socket.write(Buffer.concat(answer)))
      await new Promise<void>((resolve) => {
        socket.once("drain", resolve).once("close", resolve);
      });
    if (status === "I") return;
    idle = setTimeout(() => {
      socket.end(
        errorResponse(
          "FATAL",
          "25P03",
          "idle in a transaction for too long: the embedded database runs one transaction at a time",
        ),
      );
    }, idleInTransactionMs);
  };

  const take = async (): Promise<void> => {
    for (let message = reader.next(!started); message; message = reader.next(!started)) {
      if (!started) {
        if (!greet(message.bytes)) return;
        continue;
      }
      if (message.type === "X") {
        socket.end();
        return;
      }
      const sql = sqlOf(message);
      const noted = sql === null ? null : note(sql);
      if (noted?.copies) {
        socket.write(
          Buffer.concat([
            errorResponse("ERROR", "0A000", "the embedded database does not support COPY"),
            ...(message.type === "Q" ? [readyForQuery("I")] : []),
          ]),
        );
        if (message.type === "P") socket.end();
        continue;
      }
      for (const channel of noted?.listens ?? []) channels.add(channel);
      for (const channel of noted?.unlistens ?? []) channel === "*" ? channels.clear() : channels.delete(channel);
      borrower.settings.push(...(noted?.settings ?? []));
      // Others may still listen: the session goes on, only this connection hears no more.
      group.push(
        noted?.unlistens.length ? renamed({ ...message, bytes: silence(message.bytes) }, id) : renamed(message, id),
      );
      if (message.type === "Q" || message.type === "S" || message.type === "F") await runGroup();
    }
  };

  socket.on("data", (chunk: Buffer) => {
    // A large statement on its way is no idleness.
    idle?.refresh();
    reader.push(chunk);
    work = work.then(take).catch(() => {
      socket.destroy();
    });
  });
  socket.on("error", () => socket.destroy());
  socket.once("close", () => {
    clearTimeout(idle);
    void work.then(() => session.leave(borrower));
  });
  return {
    notify(channel, message) {
      if (channels.has(channel)) socket.write(message);
    },
    end: () => void socket.end(errorResponse("FATAL", "57P01", "the embedded database is closing")),
  };
}

/** `-c name=value` of the startup options, and the application's name. */
function settingsOf(parameters: Map<string, string>): string[] {
  const options = [...(parameters.get("options") ?? "").matchAll(/(?:-c\s*|--)([\w.]+)=((?:\\.|[^\s\\])*)/g)];
  const settings = options.map(([, name = "", value = ""]): [string, string] => [name, value.replace(/\\(.)/g, "$1")]);
  const application = parameters.get("application_name");
  if (application) settings.push(["application_name", application]);
  return settings.map(([name, value]) =>
    name === "search_path"
      ? `set search_path to ${value.split(",").map(identifier).join(", ")}`
      : `set ${name} to ${literal(value)}`,
  );
}

function identifier(name: string): string {
  const bare = name.trim().replace(/^"(.*)"$/, "$1");
  return `"${bare.replaceAll('"', '""')}"`;
}

function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** The same message with a statement that does nothing and answers alike. */
function silence(bytes: Buffer): Buffer {
  const { text } = cstring(bytes, 5);
  const nothing = text.replace(/unlisten\s+("[^"]*"|\*|\w+)/gi, 'unlisten "postrider none"');
  return frame(String.fromCharCode(bytes[0] ?? 0), nothing);
}
