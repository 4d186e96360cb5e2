/** A mail relay that takes what it is given and remembers it: the other side's record, to hold against the ledger. */

import type { AddressInfo, Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { SMTPServer } from "smtp-server";

export interface Sink extends AsyncDisposable {
  url: string;
  /** Recipient -> how often a mail for it was accepted. */
  accepted: Map<string, number>;
  /** Recipient -> the Message-IDs of what was accepted for it. */
  messageIds: Map<string, string[]>;
  /** The last mail, as it came. */
  lastMail(): string;
  logins(): number;
  /** Conversations at this moment. */
  open(): number;
}

export interface SinkOptions {
  /** Milliseconds that the relay takes to accept a mail. */
  delayMs?: number;
  /** Recipients that it refuses for good. */
  unknown?: readonly string[];
  /** Recipients whose mail it takes, and then breaks the conversation off without an answer. */
  lost?: readonly string[];
  /** Asks for a password, and accepts only this one. */
  password?: string;
}

export async function openSink(options: SinkOptions = {}): Promise<Sink> {
  const accepted = new Map<string, number>();
  const messageIds = new Map<string, string[]>();
  let lastMail = "";
  let logins = 0;
  const server = new SMTPServer({
    logger: false,
    // When it is closed, conversations that somebody keeps open are broken off; by default only after half a minute.
    closeTimeout: 100,
    disabledCommands: options.password ? ["STARTTLS"] : ["STARTTLS", "AUTH"],
    authOptional: !options.password,
    allowInsecureAuth: true,
    onAuth(auth, _session, done) {
      logins++;
      if (auth.password === options.password) done(null, { user: auth.username ?? "" });
      else done(Object.assign(new Error("authentication failed"), { responseCode: 535 }));
    },
    onRcptTo({ address }, _session, done) {
      if (options.unknown?.includes(address)) done(Object.assign(new Error("no such user"), { responseCode: 550 }));
      else done();
    },
    async onData(stream, session, done) {
      const chunks: Buffer[] = [];
      try {
        for await (const chunk of stream) chunks.push(chunk as Buffer);
      } catch (error) {
        // The client was killed in the middle: nothing was accepted.
        return done(error as Error);
      }
      if (options.delayMs) await sleep(options.delayMs);
      const isLost = session.envelope.rcptTo.some(({ address }) => options.lost?.includes(address));
      if (isLost) return breakOff(server, session);
      lastMail = Buffer.concat(chunks).toString();
      const id = /^Message-ID:\s*(<[^>]+>)/im.exec(lastMail)?.[1] ?? "";
      for (const { address } of session.envelope.rcptTo) {
        accepted.set(address, (accepted.get(address) ?? 0) + 1);
        messageIds.set(address, [...(messageIds.get(address) ?? []), id]);
      }
      done();
    },
  });
  server.on("error", () => undefined);
  // Without it an answer of several writes takes 40 ms: each waits until the one before it was acknowledged.
  server.server.on("connection", (socket: Socket) => socket.setNoDelay(true));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    accepted,
    messageIds,
    lastMail: () => lastMail,
    logins: () => logins,
    open: () => (server as unknown as { connections: Set<unknown> }).connections.size,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

function breakOff(server: SMTPServer, session: object): void {
  type Connection = { session: object; _socket: Socket };
  const all = [...(server as unknown as { connections: Set<Connection> }).connections];
  all.find((each) => each.session === session)?._socket.destroy();
}
