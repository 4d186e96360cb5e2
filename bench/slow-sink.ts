/** A relay at a distance: takes everything, and each answer comes so many milliseconds after what it answers. */

import { type AddressInfo, createServer, type Socket } from "node:net";

const [delay = "10", chunking = ""] = process.argv.slice(2);
const delayMs = Number(delay);
const extensions = ["relay.test", "PIPELINING", ...(chunking ? ["CHUNKING"] : []), "SIZE 50000000", "8BITMIME"];
const greeting = extensions
  .map((line, index) => `250${index === extensions.length - 1 ? " " : "-"}${line}\r\n`)
  .join("");

const server = createServer((socket) => converse(socket));
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit());

function converse(socket: Socket): void {
  let rest = Buffer.alloc(0);
  let body: "dot" | number | null = null;
  socket.setNoDelay(true);
  socket.on("error", () => undefined);
  const answer = (text: string): void => {
    if (text !== "") setTimeout(() => socket.destroyed || socket.write(text, "latin1"), delayMs);
  };
  socket.on("data", (chunk) => {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let replies = "";
    for (;;) {
      if (typeof body === "number") {
        if (rest.length < body) break;
        rest = rest.subarray(body);
        body = null;
        replies += "250 2.0.0 Ok: queued as 4BENCH\r\n";
        continue;
      }
      const mark = body === "dot" ? "\r\n.\r\n" : "\r\n";
      const end = rest.indexOf(mark);
      if (end < 0) break;
      const line = body === "dot" ? "." : rest.subarray(0, end).toString("latin1");
      rest = rest.subarray(end + mark.length);
      const verb = line.slice(0, 4).toUpperCase();
      if (body === "dot") {
        body = null;
        replies += "250 2.0.0 Ok: queued as 4BENCH\r\n";
      } else if (verb === "EHLO") replies += greeting;
      else if (verb === "DATA") {
        body = "dot";
        replies += "354 go ahead\r\n";
      } else if (verb === "BDAT") body = Number(line.split(" ")[1]);
      else if (verb === "QUIT") socket.end("221 2.0.0 bye\r\n");
      else replies += "250 2.0.0 Ok\r\n";
    }
    answer(replies);
  });
  answer("220 relay.test ESMTP\r\n");
}
