/**
 * Reads a mailbox by POP3 (RFC 1939). Deletions happen at QUIT: after a lost connection everything is read again, and
 * the ledger recognises what it already has. POP has no mark for "read", so messages that are not recognised are
 * remembered by their UIDL.
 */

import Pop3Command from "node-pop3";
import { type MailboxRun, mostBytes, mostInARun, patienceMs, type Take } from "./run.ts";

/** Lines that are read of a message that is too long. A report is at the beginning, so this is enough. */
const linesOfLong = 10_000;

/** @param left - UIDLs of messages that were not recognised. @throws errors of the server and the connection */
export async function readPop(url: URL, take: Take, signal: AbortSignal, left: Set<string>): Promise<MailboxRun> {
  const { hostname, port, username, password, protocol } = url;
  const client = new WholeMessages({
    ...{ host: hostname, user: decodeURIComponent(username), password: decodeURIComponent(password) },
    ...{ tls: protocol === "pop3s:", timeout: patienceMs },
    ...(port && { port: Number(port) }),
  });
  const broken = brokenOf(client, signal);
  try {
    const uidls = await Promise.race([broken, login(client)]);
    const fresh = uidls.filter(([, uidl]) => !left.has(uidl));
    const sizes = new Map(await Promise.race([broken, pairs(client.LIST())]));
    const run: MailboxRun = { taken: 0, left: 0, more: fresh.length > mostInARun };
    for (const [number, uidl] of fresh.slice(0, mostInARun)) {
      const long = Number(sizes.get(number)) > mostBytes;
      const command = long ? (["TOP", number, linesOfLong] as const) : (["RETR", number] as const);
      if (await take(await Promise.race([broken, client.message(...command)]))) {
        await Promise.race([broken, client.DELE(Number(number))]);
        run.taken++;
      } else {
        left.add(uidl);
        run.left++;
      }
    }
    await Promise.race([broken, client.QUIT()]);
    return run;
  } finally {
    client.close();
  }
}

/** Returns message number and UIDL of each message. */
async function login(client: WholeMessages): Promise<[string, string][]> {
  const connected = client._connect().catch((error: Error & { command?: string }) => {
    throw error.command?.startsWith("PASS") || error.command?.startsWith("USER")
      ? Object.assign(new Error(error.message), { authenticationFailed: true })
      : error;
  });
  await connected;
  return pairs(client.UIDL());
}

async function pairs(answer: Promise<string[][] | string[]>): Promise<[string, string][]> {
  return (await answer).map((line) => [line[0] ?? "", line[1] ?? ""]);
}

/** Never resolves; rejects when the connection is lost. The package does not report this to a call that waits for a message. */
function brokenOf(client: WholeMessages, signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  client.on("warn", reject);
  // An -ERR answer already fails its own call.
  client.on("error", () => undefined);
  signal.addEventListener("abort", () => reject(new Error("interrupted")), { once: true });
  return promise;
}

/** The package looks for the end of a message only within one packet, and never finds an end that is split over two packets. */
class WholeMessages extends Pop3Command {
  #heldBack = Buffer.alloc(0);

  /** The bytes of a message, without byte-stuffing (RFC 1939 §3). */
  async message(...command: (string | number)[]): Promise<Uint8Array> {
    const [, stream] = await this.command(...command);
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of stream) {
      length += (chunk as Buffer).length;
      // A line may be as long as its sender likes. The rest has to be read all the same, and is let go.
      if (length <= mostBytes) chunks.push(chunk as Buffer);
    }
    const text = Buffer.concat(chunks).toString("latin1").replaceAll("\r\n..", "\r\n.");
    return Buffer.from(text.slice(lineEnd.length), "latin1");
  }

  close(): void {
    this._socket?.destroy();
  }

  /** In an empty message, the line end of the first answer line is also the beginning of the end mark. */
  override _updateStream() {
    this.#heldBack = lineEnd;
    return super._updateStream();
  }

  override _pushStream(chunk: Buffer): void {
    const seen = Buffer.concat([this.#heldBack, chunk]);
    const end = seen.indexOf("\r\n.\r\n");
    if (end >= 0) {
      this._stream?.push(seen.subarray(0, end + lineEnd.length));
      this._endStream();
      return;
    }
    const sure = Math.max(0, seen.length - 4);
    if (sure > 0) this._stream?.push(seen.subarray(0, sure));
    this.#heldBack = seen.subarray(sure);
  }
}

const lineEnd = Buffer.from("\r\n");
