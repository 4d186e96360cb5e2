/** How a relay is spoken to in secret, and how it is told who we are. */

import type { AddressInfo } from "node:net";
import tls from "node:tls";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import smtp from "#adapters/smtp.ts";
import { anEnvelope, failureOf, never, openChannel } from "#contract/samples.ts";
import type { Envelope, Settled, Transport } from "#core/adapter.ts";
import { type Certificate, makeCertificate } from "../support/servers/certificate.ts";

let good: Certificate;
let elsewhere: Certificate;
const known = tls.getCACertificates("default");
beforeAll(() => {
  good = makeCertificate("IP:127.0.0.1");
  elsewhere = makeCertificate("DNS:relay.example");
  tls.setDefaultCACertificates([...known, good.ca, elsewhere.ca]);
});
afterAll(() => tls.setDefaultCACertificates(known));

interface Relay extends AsyncDisposable {
  port: number;
  /** How each conversation logged in, over what. */
  logins: { method: string; secure: boolean }[];
  taken: string[];
}

async function openRelay(options: SMTPServerOptions): Promise<Relay> {
  const logins: Relay["logins"] = [];
  const taken: string[] = [];
  const server = new SMTPServer({
    logger: false,
    allowInsecureAuth: true,
    ...options,
    onAuth(auth, session, done) {
      logins.push({ method: auth.method, secure: session.secure });
      const right = auth.method === "CRAM-MD5" ? auth.validatePassword?.("pa ss") : auth.password === "pa ss";
      done(right && auth.username === "ada" ? null : new Error("no"), { user: "ada" });
    },
    onData(stream, session, done) {
      stream.resume().once("end", () => {
        taken.push(...session.envelope.rcptTo.map(({ address }) => address));
        done();
      });
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    logins,
    taken,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

const settings = (url: string, more: object = {}) => ({
  ...{ url, from: "A Blog <news@example.org>", list: "everyone", timeoutSeconds: 5, connections: 2 },
  ...more,
});

async function sendTwenty(transport: Transport<"email">): Promise<Settled<"email">[]> {
  const settled: Settled<"email">[] = [];
  const { rendition } = anEnvelope("email");
  async function* envelopes(): AsyncGenerator<Envelope<"email">, void> {
    for (let index = 0; index < 20; index++) {
      const each = anEnvelope("email", `mail ${index}`);
      yield { ...each, rendition, recipient: { ...each.recipient, address: `reader${index}@example.org` } };
    }
  }
  await transport.sendMany?.(envelopes(), { begin() {}, settle: (each) => void settled.push(each) }, never);
  return settled;
}

describe("A relay", () => {
  it.each(["PLAIN", "LOGIN", "CRAM-MD5"])("gets a login by %s, for a single email and for many", async (method) => {
    await using relay = await openRelay({ authMethods: [method], disabledCommands: ["STARTTLS"] });
    await using transport = await openChannel(smtp, settings(`smtp://ada:pa%20ss@127.0.0.1:${relay.port}`));
    await transport.send(anEnvelope("email"), never);
    expect((await sendTwenty(transport)).filter((each) => "failure" in each)).toEqual([]);
    expect(relay.taken).toHaveLength(21);
    expect(new Set(relay.logins.map((login) => login.method))).toEqual(new Set([method]));
    await using wrong = await openChannel(smtp, settings(`smtp://ada:other@127.0.0.1:${relay.port}`));
    expect(await failureOf(wrong.send(anEnvelope("email"), never))).toMatchObject({ code: "EAUTH", scope: "channel" });
  });

  it.each(["smtp", "smtps"])("is used over TLS (%s), and gets the password only over TLS", async (scheme) => {
    await using relay = await openRelay({ ...good, secure: scheme === "smtps", allowInsecureAuth: false });
    const url = `${scheme}://ada:pa%20ss@127.0.0.1:${relay.port}`;
    await using transport = await openChannel(smtp, settings(url, { requireTls: true }));
    await transport.send(anEnvelope("email"), never);
    expect((await sendTwenty(transport)).filter((each) => "failure" in each)).toEqual([]);
    expect(relay.taken).toHaveLength(21);
    expect(relay.logins.every(({ secure }) => secure)).toBe(true);
  });

  it.each([
    ["that nobody vouches for", () => ({})],
    ["for another name", () => elsewhere],
  ])("with a certificate %s gets no email and no password", async (_title, certificate) => {
    await using relay = await openRelay({ ...certificate() });
    const url = `smtp://ada:pa%20ss@127.0.0.1:${relay.port}`;
    await using transport = await openChannel(smtp, settings(url));
    const failure = await failureOf(transport.send(anEnvelope("email"), never));
    expect(failure).toMatchObject({ kind: "temporary", scope: "channel" });
    expect(failure.message).toMatch(/certificate|altnames/i);
    const [first] = await sendTwenty(transport);
    expect(first && "failure" in first && first.failure).toMatchObject({ kind: "temporary", scope: "channel" });
    expect(relay).toMatchObject({ taken: [], logins: [] });
  });

  it.each([
    ["in groups of commands", {}],
    ["one command at a time", { hidePIPELINING: true }],
  ])("that accepts addresses beyond ASCII gets them with SMTPUTF8, in eight bits (%s)", async (_title, options) => {
    const said: unknown[] = [];
    await using relay = await openRelay({
      ...options,
      disabledCommands: ["AUTH", "STARTTLS"],
      onMailFrom: ({ args }, _session, done) => {
        said.push(args);
        done();
      },
    });
    await using transport = await openChannel(smtp, settings(`smtp://127.0.0.1:${relay.port}`));
    const plain = anEnvelope("email");
    const beyond = { ...plain, recipient: { ...plain.recipient, address: "jörg@example.org" } };
    const settled: Settled<"email">[] = [];
    async function* both(): AsyncGenerator<Envelope<"email">, void> {
      yield plain;
      yield beyond;
    }
    await transport.sendMany?.(both(), { begin() {}, settle: (each) => void settled.push(each) }, never);
    expect(settled.map((each) => "receipt" in each)).toEqual([true, true]);
    expect(relay.taken).toContain("jörg@example.org");
    expect(said).toContainEqual({ BODY: "8BITMIME", SMTPUTF8: true });
    expect(said).toContainEqual(false);
  });
});
