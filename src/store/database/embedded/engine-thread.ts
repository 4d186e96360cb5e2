/** The worker thread with engine and wire server, so that they never block the application's event loop. */

import { once } from "node:events";
import { chmodSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { useBaselineCode } from "./baseline-code.ts";
import { openEngine } from "./engine.ts";
import { openWireServer } from "./wire-server.ts";

export interface ThreadOptions {
  dir: string;
  socket: string;
}

/** Messages from the thread. `waiting`: other processes are still connected. */
export type ThreadMessage =
  | { kind: "ready"; warning?: string }
  | { kind: "failed"; message: string }
  | { kind: "waiting"; connections: number }
  | { kind: "closed" };

/** Messages to the thread. `patient`: wait until nobody is connected. */
export interface CloseRequest {
  patient: boolean;
}

useBaselineCode();

const port = parentPort;
if (!port) throw new Error("this file is a worker thread");
const tell = (message: ThreadMessage): void => port.postMessage(message);
const { dir, socket } = workerData as ThreadOptions;

/** Ends the thread and all connections. What was committed is in the folder, and the next start recovers it. */
function end(): never {
  setImmediate(() => {
    throw new Error("a statement needed more memory for its stack than there is, and the engine can't go on");
  });
  throw new Error("the engine gave no answer");
}

try {
  const { db, warning } = await openEngine(dir);
  const wire = await openWireServer(db, end);
  wire.server.listen(socket);
  await once(wire.server, "listening");
  chmodSync(socket, 0o600);
  tell({ kind: "ready", ...(warning && { warning }) });

  let closing = false;
  const close = async (): Promise<void> => {
    if (closing) return;
    closing = true;
    await wire.close();
    await db.close();
    tell({ kind: "closed" });
    port.close();
  };
  port.on("message", ({ patient }: CloseRequest) => {
    if (!patient || wire.connections() === 0) return void close();
    // Our own pool's connections take a moment to close. Connections that are left after that belong to other processes.
    setTimeout(() => {
      if (!closing) tell({ kind: "waiting", connections: wire.connections() });
    }, 500);
    wire.onLeave(() => {
      if (wire.connections() === 0) void close();
    });
  });
} catch (error) {
  tell({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
  port.close();
}
