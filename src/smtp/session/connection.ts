/** One SMTP connection with promises, which knows whether a message has begun to go out. */

import type { Socket } from "node:net";
import { Readable } from "node:stream";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { Receipt } from "#core/sending/delivery.ts";
import { type SmtpError, smtpFailure } from "./failures.ts";
import type { Relay } from "./relay.ts";
import { type Steps, stepsOf } from "./steps.ts";
import { receiptOf } from "./verdicts.ts";

export interface Connection {
  /** Mails that it has taken. */
  readonly sent: number;
  /** Whether it can take another. */
  readonly open: boolean;
  /** @throws DeliveryError */
  send(from: string, address: string, message: Buffer, signal: AbortSignal): Promise<Receipt>;
  /** Gives its socket away, logged in and silent: it is the taker's alone from then on. */
  handOver(): Socket;
  /** Says goodbye and waits until the other side has gone; after an error just closes. */
  close(): Promise<void>;
}

const connectTimeoutMs = 30_000;
const goodbyeMs = 2_000;

/**
 * Connects and logs in.
 * @param timeoutMs - the longest silence of the server (RFC 5321 §4.5.3.2 asks for minutes).
 * @throws DeliveryError
 */
export async function connect(relay: Relay, timeoutMs: number, signal: AbortSignal): Promise<Connection> {
  const name = `${relay.host}:${relay.port}`;
  const smtp = new SMTPConnection({
    host: relay.host,
    port: relay.port,
    secure: relay.secure,
    requireTLS: relay.requireTls,
    // A certificate that is not in order is no reason to send in the clear, only to say so.
    opportunisticTLS: false,
    connectionTimeout: Math.min(connectTimeoutMs, timeoutMs),
    greetingTimeout: Math.min(connectTimeoutMs, timeoutMs),
    socketTimeout: timeoutMs,
    allowInternalNetworkInterfaces: true,
    logger: false,
  });
  const steps = stepsOf(smtp);
  try {
    await steps.step<void>(signal, (done) => smtp.connect((error) => done(error ?? null)));
    if (relay.user) {
      const { user, password = "", token } = relay;
      const auth = token ? { user, oauth2: token } : { user, pass: password };
      await steps.step<unknown>(signal, (done) => smtp.login(auth, done));
    }
  } catch (error) {
    smtp.close();
    throw smtpFailure(error as SmtpError, { begun: false }, name);
  }
  return loggedIn(smtp, steps, name);
}

function loggedIn(smtp: SMTPConnection, steps: Steps, name: string): Connection {
  let sent = 0;
  return {
    get sent() {
      return sent;
    },
    get open() {
      return steps.open;
    },
    async send(from, address, message, signal) {
      let begun = false;
      // Asked for its bytes only once the server has said 354.
      const body = new Readable({
        read() {
          begun = true;
          this.push(message);
          this.push(null);
        },
      });
      const envelope = { from, to: [address], size: message.length, use8BitMime: false };
      try {
        const info = await steps.step<SentMessageInfo>(signal, (done) => smtp.send(envelope, body, done));
        sent++;
        return receiptOf({ code: 250, text: info.response ?? "" }, address);
      } catch (error) {
        const failure = smtpFailure(error as SmtpError, { begun, address }, name);
        // A refused recipient ends nothing: the conversation goes on after a reset.
        const goesOn = (error as SmtpError).responseCode && (error as SmtpError).responseCode !== 421 && steps.open;
        if (goesOn) await steps.step<boolean>(signal, (done) => smtp.reset(done)).catch(() => smtp.close());
        else smtp.close();
        throw failure;
      }
    },
    handOver() {
      steps.open = false;
      return detached(smtp);
    },
    async close() {
      if (!steps.open) return;
      smtp.quit();
      const patience = setTimeout(() => smtp.close(), goodbyeMs);
      await steps.ended;
      clearTimeout(patience);
    },
  };
}

/** What nodemailer says of a mail that the server has taken. */
interface SentMessageInfo {
  response?: string | undefined;
}

/** What nodemailer hangs on its socket, by event. Its own teardown takes the same off. */
interface Wired {
  _socket: Socket;
  _onSocketData: () => void;
  _onSocketTimeout: () => void;
  _onSocketClose: () => void;
  _onSocketEnd: () => void;
  _onSocketError: () => void;
}

function detached(smtp: SMTPConnection): Socket {
  const wired = smtp as unknown as Wired;
  const { _socket: socket } = wired;
  socket.off("data", wired._onSocketData);
  socket.off("timeout", wired._onSocketTimeout);
  socket.off("close", wired._onSocketClose);
  socket.off("end", wired._onSocketEnd);
  socket.off("error", wired._onSocketError);
  return socket;
}
