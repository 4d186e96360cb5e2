/** Reads a server's replies and matches them to commands in order (RFC 5321 §4.2, RFC 2920). */

import type { Socket } from "node:net";
import type { SmtpError } from "./failures.ts";

export interface Reply {
  code: number;
  /** All its lines, as they came, without line ends. */
  text: string;
}

export interface Replies {
  /** The next so many, once all of them are there. Rejects with what ended the conversation. */
  expect(count: number): Promise<Reply[]>;
  /** Ends the connection and rejects pending replies with the reason. */
  fail(error: SmtpError): void;
  readonly open: boolean;
}

/** RFC 5321 §4.5.3.1.5 allows 512; servers take more. */
const longestLine = 4_096;
const mostLines = 200;

interface Waiting {
  missing: number;
  replies: Reply[];
  resolve: (replies: Reply[]) => void;
  reject: (error: Error) => void;
}

/** Listens until the socket closes. Nobody else may read from it. */
export function readReplies(socket: Socket): Replies {
  const waiting: Waiting[] = [];
  let rest = "";
  let lines: string[] = [];
  let ended: SmtpError | null = null;

  const fail = (error: SmtpError): void => {
    if (ended) return;
    ended = error;
    socket.destroy();
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  const give = (reply: Reply): void => {
    const [first] = waiting;
    first?.replies.push(reply);
    if (!first) fail(unasked(reply));
    else if (--first.missing === 0) {
      waiting.shift();
      first.resolve(first.replies);
    }
  };
  const read = (line: string): void => {
    const parts = /^(\d{3})(-| |$)/.exec(line);
    lines.push(line);
    if (!parts || line.length > longestLine || lines.length > mostLines) fail(noAnswer(line));
    else if (parts[2] !== "-") {
      const text = lines.join("\n");
      lines = [];
      give({ code: Number(parts[1]), text });
    }
  };

  socket.on("data", (chunk: Buffer) => {
    rest += chunk.toString("latin1");
    let from = 0;
    for (let end = rest.indexOf("\n"); end >= 0 && !ended; end = rest.indexOf("\n", from)) {
      read(rest.slice(from, rest[end - 1] === "\r" ? end - 1 : end));
      from = end + 1;
    }
    rest = rest.slice(from);
    if (rest.length > longestLine) fail(noAnswer(rest));
  });
  socket.on("error", (error: NodeJS.ErrnoException) => fail(error));
  socket.on("timeout", () => fail(Object.assign(new Error("timed out"), { code: "ETIMEDOUT" })));
  socket.on("close", () => fail(new Error("the connection was closed")));
  socket.on("end", () => fail(new Error("the connection was closed")));
  return {
    expect: (count) =>
      new Promise((resolve, reject) => {
        if (ended) reject(ended);
        else waiting.push({ missing: count, replies: [], resolve, reject });
      }),
    fail,
    get open() {
      return ended === null;
    },
  };
}

/** RFC 5321 §3.8: 421 may come at any time, before the server goes. */
function unasked({ code, text }: Reply): SmtpError {
  return Object.assign(new Error(`unsolicited SMTP reply: ${text}`), {
    code: code === 421 ? "EGONE" : "EPROTOCOL",
  });
}

function noAnswer(line: string): SmtpError {
  return Object.assign(new Error(`invalid SMTP reply: ${line.slice(0, 100)}`), { code: "EPROTOCOL" });
}
