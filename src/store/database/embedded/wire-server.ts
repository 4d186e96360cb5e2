/**
 * A PostgreSQL server in front of the single-session engine, so that any process of this machine can use a normal
 * client.
 */

import { createServer, type Server } from "node:net";
import type { PGlite } from "@electric-sql/pglite";
import { type Connection, serveConnection } from "./connection.ts";
import { errorResponse } from "./protocol.ts";
import { openSession } from "./session.ts";

const mostConnections = 200;

export interface WireServer {
  readonly server: Server;
  /** The number of open connections. */
  connections(): number;
  /** Calls the listener when a connection has closed. */
  onLeave(listener: () => void): void;
  close(): Promise<void>;
}

/** @param broken - see `SessionEvents` */
export async function openWireServer(db: PGlite, broken: () => void): Promise<WireServer> {
  const { rows } = await db.query<{ version: string }>("select current_setting('server_version') as version");
  const version = rows[0]?.version ?? "";
  const connections = new Map<number, Connection>();
  const session = openSession(db, {
    notified(channel, message) {
      for (const connection of connections.values()) connection.notify(channel, message);
    },
    broken,
  });
  let serial = 0;
  let left = (): void => undefined;
  const server = createServer((socket) => {
    const id = ++serial;
    if (connections.size >= mostConnections) {
      socket.end(errorResponse("FATAL", "53300", `more than ${mostConnections} connections to the embedded database`));
      return;
    }
    connections.set(id, serveConnection(socket, id, session, version));
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
