/** One address for a server that moves: what a virtual address is between machines. */

import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

export interface Forwarder extends AsyncDisposable {
  port: number;
  /** The port behind it, from the next connection on. Connections that there are end with their server. */
  moveTo(port: number): void;
}

/** @param host - where it listens; what is behind it is on 127.0.0.1. */
export async function openForwarder(host: string, target: number): Promise<Forwarder> {
  let behind = target;
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (outside) => {
    const inside = connect({ port: behind, host: "127.0.0.1", allowHalfOpen: true });
    for (const [one, other] of [
      [outside, inside],
      [inside, outside],
    ] as const) {
      one.setNoDelay(true);
      open.add(one);
      // What was written before is still handed on, as a network does.
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        open.delete(one);
        other.destroySoon();
      });
    }
  });
  server.listen(0, host);
  await once(server, "listening");
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    moveTo(port) {
      behind = port;
    },
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
