/** A POP3 server with one message, which it sends a few bytes at a time: answers whole, the message in pieces. */

import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { setImmediate as turn } from "node:timers/promises";

export async function openPopInPieces(message: string, size: number): Promise<AsyncDisposable & { url: string }> {
  const stuffed = `${message.replace(/^\./gm, "..")}.\r\n`;
  const answer = async (socket: Socket, command: string): Promise<void> => {
    const body = { UIDL: "1 first\r\n.\r\n", LIST: `1 ${message.length}\r\n.\r\n`, RETR: stuffed }[command] ?? "";
    socket.write("+OK\r\n");
    for (let at = 0; at < body.length; at += size) {
      await turn();
      socket.write(body.slice(at, at + size));
    }
    if (command === "QUIT") socket.end();
  };
  const server = createServer({ noDelay: true }, (socket) => {
    socket.write("+OK ready\r\n");
    socket.on("error", () => undefined);
    socket.on("data", (line) => void answer(socket, line.toString().slice(0, 4).trim()));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `pop3://user:pass@127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.close();
    },
  };
}
