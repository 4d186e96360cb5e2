/** A mail relay that follows a script, line by line, to show what a client makes of each answer and each silence. */

import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** What it does when it gets a command. `drop` closes the connection without a word, `hang` never answers. */
export type Step = string | "drop" | "hang";

export interface Script {
  greeting?: Step | (() => Step);
  EHLO?: Step | (() => Step);
  AUTH?: Step;
  MAIL?: Step | (() => Step);
  RCPT?: Step | ((address: string) => Step);
  /** The answer to the command, before the body. */
  DATA?: Step;
  RSET?: Step;
  /** As soon as the first bytes of the body arrive. */
  midBody?: Step;
  /** After the final dot. */
  body?: Step;
}

export interface ScriptedRelay extends AsyncDisposable {
  url: string;
  port: number;
  script: Script;
  /** Every command of every connection, in order. */
  commands: string[];
  /** Mails that were answered with a 2xx. */
  taken: string[];
  connections(): number;
}

export async function openScriptedRelay(script: Script = {}): Promise<ScriptedRelay> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const relay: Omit<ScriptedRelay, "url" | "port"> = {
    script,
    commands: [],
    taken: [],
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
  const server = createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
    converse(socket, relay);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return Object.assign(relay, { port, url: `smtp://127.0.0.1:${port}` });
}

function converse(socket: Socket, relay: Omit<ScriptedRelay, "url" | "port">): void {
  let rest = "";
  let body: string | null = null;
  /** Bytes of a chunk that are still to come (RFC 3030). */
  let chunk: number | null = null;
  let refused = false;
  const act = (step: Step): void => {
    if (step === "drop") socket.destroy();
    else if (step !== "hang") socket.write(`${step.replaceAll("\n", "\r\n")}\r\n`);
  };
  const command = (line: string): void => {
    const { script } = relay;
    relay.commands.push(line);
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === "EHLO" || verb === "HELO")
      act((typeof script.EHLO === "function" ? script.EHLO() : script.EHLO) ?? "250-relay.test\n250 AUTH PLAIN");
    else if (verb === "AUTH") act(script.AUTH ?? "235 welcome");
    else if (verb === "MAIL") {
      const step = (typeof script.MAIL === "function" ? script.MAIL() : script.MAIL) ?? "250 sender ok";
      refused = /^[45]/.test(step);
      act(step);
    } else if (verb === "RCPT") {
      const address = /<([^>]*)>/.exec(line)?.[1] ?? "";
      const said = typeof script.RCPT === "function" ? script.RCPT(address) : script.RCPT;
      const step = said ?? (refused ? "503 5.5.1 no sender" : "250 recipient ok");
      refused = /^[45]/.test(step);
      act(step);
    } else if (verb === "DATA") {
      const step = script.DATA ?? "354 go ahead";
      if (/^3/.test(step)) body = "";
      act(step);
    } else if (verb === "BDAT") chunk = Number(line.split(" ")[1]);
    else if (verb === "RSET") act(script.RSET ?? "250 forgotten");
    else if (verb === "QUIT") {
      act("221 bye");
      socket.end();
    } else act("502 unknown");
  };
  const take = (mail: string): void => {
    const step = refused ? "503 5.5.1 nobody to give it to" : (relay.script.body ?? "250 2.0.0 Ok: queued as 4TESTID");
    if (/^2/.test(step)) relay.taken.push(mail);
    act(step);
  };
  socket.setEncoding("latin1").on("data", (bytes: string) => {
    rest += bytes;
    while (rest) {
      if (chunk !== null) {
        if (rest.length < chunk) return;
        const mail = rest.slice(0, chunk);
        rest = rest.slice(chunk);
        chunk = null;
        take(mail.replace(/\r\n$/, ""));
        continue;
      }
      if (body !== null) {
        if (relay.script.midBody) return act(relay.script.midBody);
        const empty = rest.startsWith(".\r\n");
        const end = rest.indexOf("\r\n.\r\n");
        if (!empty && end < 0) return;
        const mail = empty ? "" : rest.slice(0, end);
        rest = rest.slice(empty ? 3 : end + 5);
        body = null;
        take(mail);
        continue;
      }
      const end = rest.indexOf("\r\n");
      if (end < 0) return;
      const line = rest.slice(0, end);
      rest = rest.slice(end + 2);
      command(line);
    }
  });
  const { greeting } = relay.script;
  act((typeof greeting === "function" ? greeting() : greeting) ?? "220 relay.test ESMTP");
}
