/**
 * A mail relay that misbehaves on command, in a process of its own, so that it can be killed. What it takes responsibility
 * for it writes to a file before it says so: that file is the other side's record.
 *
 * `node relay.ts <port> <record>`; the parent sends a `Mood` to change how it behaves.
 */

import { openSync, writeSync } from "node:fs";
import { createServer, type Socket } from "node:net";

/** The share of commands at which something goes wrong, by what it is. */
export interface Mood {
  /** Takes the mail, and the connection breaks before it can say so. */
  lost?: number;
  /** The connection breaks in the middle of the body: nothing was taken. */
  cut?: number;
  later?: number;
  never?: number;
  /** 421 in place of an answer, and the end of the conversation. */
  closing?: number;
  /** An answer that is none. */
  garbage?: number;
  /** No answer at all. */
  silent?: number;
  delayMs?: number;
  chunking?: boolean;
}

const [port = "0", record = ""] = process.argv.slice(2);
const log = openSync(record, "a");
let mood: Mood = {};
process.on("message", (message) => {
  mood = message as Mood;
});
process.on("disconnect", () => process.exit());

const server = createServer((socket) => converse(socket));
const listen = (): unknown => server.listen(Number(port), "127.0.0.1", () => process.send?.("ready"));
// While it was down its port may have been taken, for a moment, by somebody's outgoing connection.
server.on("error", () => setTimeout(listen, 200));
listen();

const happens = (share = 0): boolean => share > 0 && Math.random() < share;

function converse(socket: Socket): void {
  let rest = Buffer.alloc(0);
  let recipient: string | null = null;
  /** Bytes of a chunk still to come, or `dot` for a body that ends with one. */
  let body: "dot" | { missing: number; last: boolean } | null = null;
  let answers = Promise.resolve();
  socket.on("error", () => undefined);

  // In order, whatever each has to wait for.
  const answer = (text: string): void => {
    const delay = mood.delayMs ?? 0;
    answers = answers.then(async () => {
      if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
      if (!socket.destroyed) socket.write(`${text}\r\n`);
    });
  };
  /** The end of the conversation, in place of an answer. */
  const closes = (): boolean => {
    if (!happens(mood.closing)) return false;
    answer("421 4.3.2 closing down");
    answers = answers.then(() => void socket.end());
    return true;
  };
  /** No answer, or one that is none. */
  const garbles = (): boolean => {
    if (happens(mood.garbage)) answer("what was that?");
    else if (!happens(mood.silent)) return false;
    return true;
  };

  const take = () => {
    const to = recipient;
    recipient = null;
    if (!to) return answer("503 5.5.1 no recipient");
    if (happens(mood.later)) return answer("451 4.3.0 try again later");
    if (happens(mood.never)) return answer("554 5.6.0 not this one");
    // Who says 421 has not taken it.
    if (closes()) return;
    writeSync(log, `${to}\n`);
    if (happens(mood.lost)) socket.destroy();
    else if (!garbles()) answer("250 2.0.0 Ok: queued as 4FAULTS");
  };

  const command = (line: string) => {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === "EHLO" || verb === "HELO")
      return answer(
        `250-relay.test\r\n250-PIPELINING\r\n${mood.chunking ? "250-CHUNKING\r\n" : ""}250-SIZE 10000000\r\n250 8BITMIME`,
      );
    if (verb === "QUIT") return void socket.end("221 2.0.0 bye\r\n");
    if (verb === "RSET") {
      recipient = null;
      return answer("250 2.0.0 forgotten");
    }
    if (closes() || garbles()) return;
    if (verb === "MAIL") return answer("250 2.1.0 sender ok");
    if (verb === "RCPT") {
      if (happens(mood.later)) return answer("450 4.2.1 try again later");
      if (happens(mood.never)) return answer("550 5.1.1 no such user");
      recipient = /<([^>]*)>/.exec(line)?.[1] ?? "";
      return answer("250 2.1.5 recipient ok");
    }
    if (verb === "BDAT") {
      const [, size = "0", last] = /^BDAT (\d+)( LAST)?/i.exec(line) ?? [];
      body = { missing: Number(size), last: Boolean(last) };
      return;
    }
    if (verb !== "DATA") return answer("502 5.5.1 unknown");
    if (recipient === null) return answer("503 5.5.1 no recipient");
    body = "dot";
    answer("354 go ahead");
  };

  socket.on("data", (chunk) => {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    while (rest.length > 0 && !socket.destroyed) {
      if (body !== null && happens((mood.cut ?? 0) / 4)) return void socket.destroy();
      if (body === "dot") {
        const end = rest.indexOf("\r\n.\r\n");
        if (end < 0) return;
        rest = rest.subarray(end + 5);
        body = null;
        take();
      } else if (body) {
        const got = Math.min(body.missing, rest.length);
        body.missing -= got;
        rest = rest.subarray(got);
        if (body.missing > 0) return;
        const { last } = body;
        body = null;
        if (last) take();
        else answer("250 2.0.0 go on");
      } else {
        const end = rest.indexOf("\r\n");
        if (end < 0) return;
        const line = rest.subarray(0, end).toString();
        rest = rest.subarray(end + 2);
        command(line);
      }
    }
  });
  answer("220 relay.test ESMTP");
}
