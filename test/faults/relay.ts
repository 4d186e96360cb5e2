/**
 * A mail relay that misbehaves on command, in a process of its own, so that it can be killed. What it takes responsibility
 * for it writes to a file before it says so: that file is the other side's record.
 *
 * `node relay.ts <port> <record> <certificate>`; the parent sends a `Mood` to change how it behaves.
 */

import { openSync, readFileSync, writeSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { createSecureContext, TLSSocket } from "node:tls";

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
  /** 421 or 554 in place of a greeting. */
  busy?: number;
  /** An error, or nothing, in place of what it can do. */
  rude?: number;
  /** 4xx or 5xx to the sender. And yet it takes the recipient and the mail: such a relay contradicts itself. */
  sender?: number;
  /** 4xx or 5xx in place of 354. */
  noBody?: number;
  /** TLS that comes to nothing. */
  tls?: number;
  /** "Wrong password", or "later". */
  auth?: number;
  delayMs?: number;
  chunking?: boolean;
  /** Offers STARTTLS, and takes mail only from who has logged in. */
  secure?: boolean;
}

const [port = "0", record = "", certificate = ""] = process.argv.slice(2);
const context = createSecureContext(JSON.parse(readFileSync(certificate, "utf8")) as { key: string; cert: string });
const log = openSync(record, "a");
let mood: Mood = {};
process.on("message", (message) => {
  mood = message as Mood;
});
process.on("disconnect", () => process.exit());

const server = createServer((socket) => converse(socket));
const listen = (): unknown => server.listen(Number(port), "127.0.0.1");
server.on("listening", () => process.send?.("ready"));
// While it was down its port may have been taken, for a moment, by somebody's outgoing connection.
server.on("error", () => setTimeout(listen, 200));
listen();

const happens = (share = 0): boolean => share > 0 && Math.random() < share;

const either = (one: string, other: string): string => (Math.random() < 0.5 ? one : other);

const lonelyDot = Buffer.from(".\r\n");

/** @param greeted - it goes on over TLS, where nobody is greeted again. */
function converse(socket: Socket, greeted = false): void {
  let rest = Buffer.alloc(0);
  let recipient: string | null = null;
  /** Bytes of a chunk still to come, or `dot` for a body that ends with one. */
  let body: "dot" | { missing: number; last: boolean } | null = null;
  let answers = Promise.resolve();
  /** Nothing more is said: who left out one answer and gave the next would be believed to have answered the other. */
  let silent = false;
  socket.on("error", () => undefined);

  // In order, whatever each has to wait for.
  const answer = (text: string): void => {
    const delay = mood.delayMs ?? 0;
    answers = answers.then(async () => {
      if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
      if (!socket.destroyed && !silent) socket.write(`${text}\r\n`);
    });
  };
  /** The end of the conversation, in place of an answer. */
  const closes = (): boolean => {
    if (!happens(mood.closing)) return false;
    answer("421 4.3.2 closing down");
    answers = answers.then(() => void socket.end());
    return true;
  };
  const fallSilent = (): void => {
    silent = true;
  };
  /** No answer, or one that is none. */
  const garbles = (): boolean => {
    if (happens(mood.garbage)) answer("what was that?");
    else if (happens(mood.silent)) answers = answers.then(fallSilent);
    else return false;
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
    if (verb === "EHLO" || verb === "HELO") {
      if (happens(mood.rude))
        return Math.random() < 0.3 ? undefined : answer(either("421 4.3.2 not now", "554 5.3.2 no"));
      const offers = ["relay.test", "PIPELINING", "SIZE 10000000", "8BITMIME"];
      if (mood.chunking) offers.push("CHUNKING");
      if (mood.secure) offers.push(greeted ? "AUTH PLAIN" : "STARTTLS");
      return answer(offers.map((offer, at) => `250${at < offers.length - 1 ? "-" : " "}${offer}`).join("\r\n"));
    }
    if (verb === "STAR") return startTls();
    if (verb === "AUTH")
      return answer(
        happens(mood.auth) ? either("535 5.7.8 wrong password", "454 4.7.0 can't tell now") : "235 2.7.0 welcome",
      );
    if (verb === "QUIT") return void socket.end("221 2.0.0 bye\r\n");
    if (verb === "RSET") {
      recipient = null;
      return answer("250 2.0.0 forgotten");
    }
    if (closes() || garbles()) return;
    if (verb === "MAIL")
      return answer(
        happens(mood.sender) ? either("451 4.3.0 try again later", "550 5.1.8 who are you?") : "250 2.1.0 sender ok",
      );
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
    if (happens(mood.noBody)) return answer(either("451 4.3.0 try again later", "554 5.3.0 no"));
    body = "dot";
    answer("354 go ahead");
  };
  const startTls = (): void => {
    answer("220 2.0.0 go on");
    answers = answers.then(() => {
      socket.removeAllListeners("data");
      if (happens(mood.tls)) return void (Math.random() < 0.5 ? socket.end("what was that?\r\n") : socket.destroy());
      converse(new TLSSocket(socket, { isServer: true, secureContext: context }), true);
    });
  };

  socket.on("data", (chunk) => {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    while (rest.length > 0 && !socket.destroyed) {
      if (body !== null && happens((mood.cut ?? 0) / 4)) return void socket.destroy();
      if (body === "dot") {
        // A body may be empty.
        const end = rest.indexOf("\r\n.\r\n");
        if (rest.subarray(0, 3).equals(lonelyDot)) rest = rest.subarray(3);
        else if (end >= 0) rest = rest.subarray(end + 5);
        else return;
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
  if (!greeted) answer(happens(mood.busy) ? either("421 4.3.2 too busy", "554 5.3.2 go away") : "220 relay.test ESMTP");
}
