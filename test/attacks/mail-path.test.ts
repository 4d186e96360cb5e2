/** Somebody on the way between us and a mail server, who takes TLS away, speaks before it begins, or stands in with a certificate of their own. */

import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import tls from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import smtp from "#adapters/smtp.ts";
import { anEnvelope, failureOf, never, openChannel } from "#contract/samples.ts";
import type { Envelope, Settled, Transport } from "#core/adapter.ts";
import { readMailbox } from "#mailbox/read-mailbox.ts";
import { parseRelay } from "#smtp/session/relay.ts";
import { type Certificate, makeCertificate } from "../support/servers/certificate.ts";
import { openScriptedRelay } from "../support/servers/smtp.ts";

let certificate: Certificate;
const known = tls.getCACertificates("default");
beforeAll(() => {
  certificate = makeCertificate("IP:127.0.0.1");
  tls.setDefaultCACertificates([...known, certificate.ca]);
});
afterAll(() => tls.setDefaultCACertificates(known));

interface Middle extends AsyncDisposable {
  port: number;
  /** What we said, line by line; after TLS began with `TLS ` before it. */
  heard: string[];
}

/** A server whose every answer the attacker writes. @param answer - to a line; `tls` begins TLS after the bytes are out. */
async function openMiddle(
  greeting: string,
  answer: (line: string, secure: boolean) => string | { tls: string } | undefined,
  secure = false,
): Promise<Middle> {
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const converse = (socket: Socket, isSecure: boolean): void => {
    let rest = "";
    const onData = (bytes: Buffer): void => {
      rest += bytes.toString("latin1");
      for (let end = rest.indexOf("\r\n"); end >= 0; end = rest.indexOf("\r\n")) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        heard.push(isSecure ? `TLS ${line}` : line);
        const reply = answer(line, isSecure);
        if (typeof reply === "string") socket.write(reply);
        else if (reply) {
          socket.off("data", onData);
          socket.write(reply.tls);
          converse(new tls.TLSSocket(socket, { isServer: true, ...certificate }), true);
        }
      }
    };
    socket.on("data", onData).on("error", () => undefined);
  };
  const accept = (socket: Socket): void => {
    sockets.add(socket);
    converse(socket, secure);
    socket.write(greeting);
  };
  const server = secure ? tls.createServer(makeCertificate("DNS:elsewhere.example"), accept) : createServer(accept);
  server.on("tlsClientError", () => undefined).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    heard,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

const settings = (url: string, more: object = {}) => ({
  ...{ url, from: "A Blog <news@example.org>", list: "everyone", timeoutSeconds: 5, connections: 1, requireTls: true },
  ...more,
});

async function sendMany(transport: Transport<"email">): Promise<Settled<"email">[]> {
  const settled: Settled<"email">[] = [];
  async function* envelopes(): AsyncGenerator<Envelope<"email">, void> {
    yield anEnvelope("email");
  }
  await transport.sendMany?.(envelopes(), { begin() {}, settle: (each) => void settled.push(each) }, never);
  return settled;
}

describe("A relay that we log in to", () => {
  it("must have TLS wherever a password or a token would cross a network", () => {
    const oauth = { user: "a", clientId: "i", clientSecret: "s", refreshToken: "r", accessUrl: "https://id.example/" };
    expect(parseRelay("smtp://a:b@relay.example").requireTls).toBe(true);
    expect(parseRelay("smtp://relay.example", undefined, oauth)).toMatchObject({ requireTls: true, port: 587 });
    expect(parseRelay("smtps://relay.example", undefined, oauth)).toMatchObject({ secure: true, port: 465 });
    expect(parseRelay("smtp://127.0.0.1.evil.example", undefined, oauth).requireTls).toBe(true);
    expect(parseRelay("smtp://127.0.0.1", undefined, oauth).requireTls).toBe(false);
  });

  it.each([
    ["is not offered", "250-relay.test\n250 AUTH PLAIN"],
    ["is offered and then refused", "250-relay.test\n250-STARTTLS\n250 AUTH PLAIN"],
  ])("hears neither a password nor a mail where STARTTLS %s", async (_title, EHLO) => {
    await using relay = await openScriptedRelay({ EHLO });
    await using transport = await openChannel(smtp, settings(relay.url.replace("//", "//ada:secret@")));
    const failure = await failureOf(transport.send(anEnvelope("email"), never));
    const [many] = await sendMany(transport);
    for (const each of [failure, many && "failure" in many ? many.failure : null])
      expect(each).toMatchObject({ kind: "temporary", scope: "channel" });
    expect(relay.commands.filter((line) => !/^(?:EHLO|STARTTLS|QUIT|HELO)\b/.test(line))).toEqual([]);
  });

  it.each(["sent alone", "sent among many"])(
    "is not believed in what came before TLS began (CVE-2011-0411), %s",
    async (way) => {
      const injected =
        "250-evil.test\r\n250-CHUNKING\r\n250-PIPELINING\r\n250 AUTH PLAIN\r\n235 in\r\n250 ok\r\n250 ok\r\n354 go\r\n250 queued as FORGED\r\n";
      let inBody = false;
      await using middle = await openMiddle("220 relay.test\r\n", (line, secure) => {
        if (!secure)
          return line === "STARTTLS" ? { tls: `220 go\r\n${injected}` } : "250-relay.test\r\n250 STARTTLS\r\n";
        if (inBody) {
          if (line !== ".") return undefined;
          inBody = false;
          return "250 queued as REAL\r\n";
        }
        if (line.startsWith("EHLO")) return "250-relay.test\r\n250 AUTH PLAIN\r\n";
        if (line.startsWith("AUTH")) return "235 in\r\n";
        if (line === "DATA") {
          inBody = true;
          return "354 go\r\n";
        }
        return "250 ok\r\n";
      });
      const url = `smtp://ada:secret@127.0.0.1:${middle.port}`;
      await using transport = await openChannel(smtp, settings(url));
      const receipt =
        way === "sent alone"
          ? await transport.send(anEnvelope("email"), never)
          : (await sendMany(transport)).map((each) => "receipt" in each && each.receipt)[0];
      expect(receipt).toMatchObject({ response: expect.stringContaining("queued as REAL") });
      expect(middle.heard.filter((line) => !line.startsWith("TLS "))).toEqual([
        expect.stringMatching(/^EHLO/),
        "STARTTLS",
      ]);
      expect(middle.heard.some((line) => line.startsWith("TLS BDAT"))).toBe(false);
    },
  );
});

describe("A mailbox on another machine", () => {
  /** The same machine, by an address that is not written like one of its own. */
  const imap = (port: number): string => `imap://bounces:s3cret@0.0.0.0:${port}`;
  const tagged = (line: string, answer: string): string => `${line.split(" ")[0]} ${answer}\r\n`;
  const read = (url: string): Promise<unknown> =>
    readMailbox({ url, folder: "INBOX" }, async () => true, never).then(
      () => "it was read",
      (error: unknown) => error,
    );

  it.each([
    ["does not offer TLS", "* OK ready\r\n", "* CAPABILITY IMAP4rev1\r\n", null],
    [
      "says that we are in already, so that TLS can't begin",
      "* PREAUTH welcome\r\n",
      "* CAPABILITY IMAP4rev1 STARTTLS\r\n",
      null,
    ],
    ["refuses to begin TLS", "* OK ready\r\n", "* CAPABILITY IMAP4rev1 STARTTLS\r\n", "NO not today"],
  ])("hears no password where it %s", async (_title, greeting, capabilities, starttls) => {
    await using middle = await openMiddle(greeting, (line) => {
      if (line.includes("CAPABILITY")) return capabilities + tagged(line, "OK done");
      return tagged(line, line.includes("STARTTLS") && starttls ? starttls : "OK done");
    });
    expect(await read(imap(middle.port))).toMatchObject({ code: "unavailable" });
    expect(middle.heard.join("\n")).not.toMatch(/LOGIN|AUTHENTICATE|SELECT|s3cret/);
  });

  it("is not spoken to any further where something came before TLS began", async () => {
    await using middle = await openMiddle("* OK ready\r\n", (line) => {
      if (line.includes("CAPABILITY")) return `* CAPABILITY IMAP4rev1 STARTTLS\r\n${tagged(line, "OK done")}`;
      if (line.includes("STARTTLS")) return { tls: `${tagged(line, "OK go")}* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n` };
      return tagged(line, "OK done");
    });
    expect(await read(imap(middle.port))).toMatchObject({ code: "unavailable" });
    expect(middle.heard.join("\n")).not.toMatch(/LOGIN|AUTHENTICATE|SELECT|s3cret/);
  });

  it.each(["imaps", "pop3s"])("hears no password over %s where its certificate is not for its name", async (scheme) => {
    await using middle = await openMiddle("* OK ready\r\n", (line) => tagged(line, "OK done"), true);
    expect(await read(`${scheme}://bounces:s3cret@127.0.0.1:${middle.port}`)).toMatchObject({ code: "unavailable" });
    expect(middle.heard).toEqual([]);
  });
});

describe("A message in the mailbox", () => {
  it.each([
    ["that is known", 60 * 1024 * 1024],
    ["that is said to be small", 100],
  ])("of one endless line is read to its end, and kept to two megabytes: POP3, a size %s", async (_title, size) => {
    const line = "y".repeat(1024 * 1024);
    await using middle = await openMiddle("+OK ready\r\n", (command) => {
      const [verb = ""] = command.split(" ");
      if (verb === "UIDL") return "+OK\r\n1 first\r\n.\r\n";
      if (verb === "LIST") return `+OK\r\n1 ${size}\r\n.\r\n`;
      if (verb === "TOP" || verb === "RETR") return `+OK\r\nSubject: long\r\n\r\n${line.repeat(60)}\r\n.\r\n`;
      return "+OK\r\n";
    });
    const lengths: number[] = [];
    const take = async (source: Uint8Array): Promise<boolean> => lengths.push(source.length) > 0;
    const run = await readMailbox({ url: `pop3://a:b@127.0.0.1:${middle.port}`, folder: "" }, take, never);
    expect(run).toMatchObject({ taken: 1 });
    expect(lengths[0]).toBeGreaterThan(1_000_000);
    expect(lengths[0]).toBeLessThanOrEqual(2 * 1024 * 1024);
  });
});
