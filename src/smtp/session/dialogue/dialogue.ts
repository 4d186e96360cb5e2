/** An open dialogue with a relay: logged in, and asked what its server can do. */

import type { Socket } from "node:net";
import { hostname } from "node:os";
import { type Part, sizeOf, writeParts } from "#smtp/message/mail.ts";
import { connect } from "../connection.ts";
import { type SmtpError, smtpFailure } from "../failures.ts";
import type { Relay } from "../relay.ts";
import { type Replies, type Reply, readReplies } from "../replies.ts";
import { type Extensions, extensionsIn } from "./extensions.ts";

export interface Dialogue {
  /** `host:port`, for messages. */
  readonly name: string;
  readonly extensions: Extensions;
  readonly replies: Replies;
  /** Commands with their line ends. Their characters are the bytes (latin1). */
  say(commands: string): void;
  /** All parts in one call to the system. */
  write(parts: readonly Part[]): void;
  /** Says goodbye; after an error there is nothing left to do. */
  close(): Promise<void>;
}

const goodbyeMs = 2_000;

/** @throws DeliveryError */
export async function openDialogue(relay: Relay, timeoutMs: number, signal: AbortSignal): Promise<Dialogue> {
  const connection = await connect(relay, timeoutMs, signal);
  const socket = connection.handOver();
  const name = `${relay.host}:${relay.port}`;
  const replies = readReplies(socket);
  failOnAbort(socket, replies, signal);
  socket.setTimeout(timeoutMs);
  socket.setNoDelay(true);
  const say = (commands: string): void => {
    socket.write(commands, "latin1");
  };
  return {
    name,
    extensions: await askExtensions(say, replies, name),
    replies,
    say,
    write: writerTo(socket),
    async close() {
      if (!replies.open) return;
      socket.setTimeout(goodbyeMs);
      say("QUIT\r\n");
      await replies.expect(1).catch(() => undefined);
      socket.destroy();
    },
  };
}

function failOnAbort(socket: Socket, replies: Replies, signal: AbortSignal): void {
  const onAbort = (): void => replies.fail(Object.assign(new Error("aborted"), { code: "ABORTED" }));
  signal.addEventListener("abort", onAbort, { once: true });
  socket.once("close", () => signal.removeEventListener("abort", onAbort));
}

/** One call to the system for each mail, and one piece of memory for all of them. */
function writerTo(socket: Socket): Dialogue["write"] {
  let scratch = Buffer.alloc(0);
  return (parts) => {
    const size = sizeOf(parts);
    // What is still on its way out must not be written over.
    if (size > scratch.length || socket.writableLength > 0) scratch = Buffer.allocUnsafeSlow(size + 1_024);
    writeParts(parts, scratch, 0);
    socket.write(scratch.subarray(0, size));
  };
}

async function askExtensions(say: Dialogue["say"], replies: Replies, name: string): Promise<Extensions> {
  try {
    say(`EHLO ${ownName()}\r\n`);
    const [reply] = (await replies.expect(1)) as [Reply];
    if (reply.code !== 250)
      throw Object.assign(new Error(reply.text), { response: reply.text, responseCode: reply.code });
    return extensionsIn(reply);
  } catch (error) {
    throw smtpFailure(error as SmtpError, { begun: false }, name);
  }
}

/** What we call ourselves: a name with a dot, else the address literal that RFC 5321 §4.1.4 asks for. */
function ownName(): string {
  const name = hostname();
  return /^[\w-]+(\.[\w-]+)+$/.test(name) ? name : "[127.0.0.1]";
}
