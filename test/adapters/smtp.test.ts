/** What each answer of a relay, and each silence, comes to. */

import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import smtp from "#adapters/smtp.ts";
import { anEnvelope, failureOf, never, openChannel } from "#contract/samples.ts";
import { openScriptedServer } from "#contract/scripted-server.ts";
import type { Envelope, SendProgress, Settled, Transport } from "#core/adapter.ts";
import type { Failure } from "#core/sending/delivery.ts";
import { openScriptedRelay, type Script } from "../support/servers/smtp.ts";
import { openSink } from "../support/sink.ts";

const envelope = anEnvelope("email");
const settings = (url: string) => ({
  url,
  from: "A Blog <news@example.org>",
  list: "everyone",
  requireTls: false,
  timeoutSeconds: 0.5,
});

const table: [string, Script, Partial<Failure>][] = [
  ["a greeting of 554", { greeting: "554 go away" }, { kind: "temporary", scope: "channel", status: 554 }],
  ["a greeting of 421", { greeting: "421 too busy" }, { kind: "temporary", scope: "channel", status: 421 }],
  ["no greeting", { greeting: "drop" }, { kind: "temporary", scope: "channel" }],
  ["silence instead of a greeting", { greeting: "hang" }, { kind: "temporary", scope: "channel" }],
  ["a wrong password", { AUTH: "535 5.7.8 no" }, { kind: "permanent", scope: "channel", code: "EAUTH" }],
  ["a password that can't be checked now", { AUTH: "454 4.7.0 later" }, { kind: "temporary", scope: "channel" }],
  ["a sender that is refused", { MAIL: "550 5.1.8 who?" }, { kind: "permanent", scope: "channel", code: "550" }],
  ["a sender that is put off", { MAIL: "451 later" }, { kind: "temporary", scope: "channel", code: "451" }],
  ["no answer to the sender", { MAIL: "drop" }, { kind: "temporary", scope: "channel" }],
  ["an unknown recipient", { RCPT: "550 5.1.1 who?" }, { kind: "permanent", scope: "recipient", code: "550" }],
  ["a greylisted recipient", { RCPT: "450 4.2.0 later" }, { kind: "temporary", scope: "recipient", code: "450" }],
  ["a closed relay", { RCPT: "554 5.7.1 Relay access denied" }, { kind: "permanent", scope: "channel", code: "554" }],
  ["a login that it wants first", { RCPT: "530 5.7.0 log in" }, { kind: "permanent", scope: "channel" }],
  ["a goodbye at the recipient", { RCPT: "421 bye" }, { kind: "temporary", scope: "channel" }],
  ["silence before the body", { DATA: "hang" }, { kind: "temporary", scope: "channel" }],
  ["a no before the body", { DATA: "554 no" }, { kind: "permanent", scope: "recipient" }],
  ["a body that it won't have", { body: "552 5.3.4 too big" }, { kind: "permanent", scope: "recipient", code: "552" }],
  ["a body that is put off", { body: "451 4.3.0 later" }, { kind: "temporary", scope: "recipient", code: "451" }],
  ["a goodbye after the body", { body: "421 bye" }, { kind: "temporary", scope: "channel", code: "421" }],
  ["a connection lost in the body", { midBody: "drop" }, { kind: "uncertain", scope: "recipient" }],
  ["a connection lost after the body", { body: "drop" }, { kind: "uncertain", scope: "recipient" }],
  ["silence after the body", { body: "hang" }, { kind: "uncertain", scope: "recipient" }],
];

describe("A relay", () => {
  it.each(table)("with %s", async (_title, script, expected) => {
    await using relay = await openScriptedRelay(script);
    const url = relay.url.replace("//", "//ada:pa%20ss@");
    await using transport = await openChannel(smtp, settings(url));
    const failure = await failureOf(transport.send(envelope, never));
    expect(failure).toMatchObject(expected);
    expect(failure.message.length).toBeLessThanOrEqual(500);
    expect(JSON.stringify(failure)).not.toMatch(/pa ss|ada@/);
    expect(relay.taken).toEqual([]);
  });

  it.each(table)("with %s, sent among many", async (_title, script, expected) => {
    await using relay = await openScriptedRelay(pipelining(script));
    const url = relay.url.replace("//", "//ada:pa%20ss@");
    await using transport = await openChannel(smtp, settings(url));
    const [settled] = await sendMany(transport, [envelope]);
    if (!settled || !("failure" in settled)) throw new Error("it was accepted");
    expect(settled.failure).toMatchObject(expected);
    expect(JSON.stringify(settled.failure)).not.toMatch(/pa ss|ada@/);
    expect(relay.taken).toEqual([]);
  });

  it.each([
    ["in groups of commands", "250-PIPELINING\n250 SIZE 100000"],
    ["one command at a time", "250 SIZE 100000"],
    ["in chunks", "250-PIPELINING\n250-CHUNKING\n250 SIZE 100000"],
  ])("gets many emails %s over a few connections, each once and complete", async (_title, extensions) => {
    await using relay = await openScriptedRelay({ EHLO: `250-relay.test\n250-AUTH PLAIN\n${extensions}` });
    const transport = await openChannel(smtp, {
      ...settings(relay.url.replace("//", "//ada:secret@")),
      connections: 3,
    });
    const envelopes = manyEnvelopes(50);
    const settled = await sendMany(transport, envelopes);
    await transport[Symbol.asyncDispose]();
    expect(settled).toHaveLength(50);
    expect(settled.every((each) => "receipt" in each && each.receipt.remoteId === "4TESTID")).toBe(true);
    expect(relay.connections()).toBeLessThanOrEqual(3);
    expect(relay.commands.filter((line) => line === "QUIT")).toHaveLength(relay.connections());
    const sizes = relay.commands.map((line) => / SIZE=(\d+)$/.exec(line)?.[1]).filter(Boolean);
    expect(sizes).toHaveLength(50);
    for (const { recipient } of envelopes)
      expect(relay.taken.filter((mail) => /^To: .*/m.exec(mail)?.[0].includes(` <${recipient.address}>`))).toHaveLength(
        1,
      );
    const [first = ""] = relay.taken;
    expect(first).toContain("https://news.example.org/u/");
    expect(first.trimEnd().endsWith("--")).toBe(true);
  });

  it.each([["250 PIPELINING"], ["250-PIPELINING\n250 CHUNKING"]])(
    "refuses some recipients among many accepted ones (%s)",
    async (extensions) => {
      await using relay = await openScriptedRelay({
        EHLO: `250-relay.test\n${extensions}`,
        RCPT: (address) => (/[37]@/.test(address) ? "550 5.1.1 who?" : "250 ok"),
      });
      await using transport = await openChannel(smtp, { ...settings(relay.url), connections: 2 });
      const settled = await sendMany(transport, manyEnvelopes(40));
      const refused = settled.filter((each) => "failure" in each);
      expect(refused.every(({ failure }) => failure.kind === "permanent" && failure.enhanced === "5.1.1")).toBe(true);
      expect(refused.map((each) => each.envelope.recipient.address).every((address) => /[37]@/.test(address))).toBe(
        true,
      );
      expect(refused).toHaveLength(8);
      expect(relay.taken).toHaveLength(32);
    },
  );

  it("is not trusted when it omits a reply and refuses a later recipient: the other deliveries become uncertain", async () => {
    await using relay = await openScriptedRelay({
      EHLO: "250-relay.test\n250-PIPELINING\n250 CHUNKING",
      RCPT: (address) => (/r3@/.test(address) ? "hang" : /r[5-9]@/.test(address) ? "550 5.1.1 who?" : "250 ok"),
    });
    await using transport = await openChannel(smtp, { ...settings(relay.url), connections: 1 });
    const settled = await sendMany(transport, manyEnvelopes(10));
    const told = settled.map((each) => ("receipt" in each ? "accepted" : each.failure.kind));
    expect(told).toHaveLength(10);
    expect(told).toContain("uncertain");
    expect(told.filter((each) => each === "accepted").length).toBeLessThanOrEqual(relay.taken.length);
  });

  it.each([
    ["in groups of commands", "250 PIPELINING", "451 4.3.0 later"],
    ["in chunks", "250-PIPELINING\n250 CHUNKING", "550 5.1.8 who?"],
  ])("that refuses the sender but accepts the email leaves it uncertain (%s)", async (_title, offers, refusal) => {
    const script = { EHLO: `250-relay.test\n${offers}`, MAIL: refusal, RCPT: "250 ok" };
    await using relay = await openScriptedRelay(script);
    await using transport = await openChannel(smtp, { ...settings(relay.url), connections: 1 });
    const [settled] = await sendMany(transport, [envelope]);
    expect(settled).toMatchObject({
      failure: {
        kind: "uncertain",
        scope: "recipient",
        message: expect.stringContaining("gave contradictory replies"),
      },
    });
    expect(relay.taken).toHaveLength(1);
  });

  it("that refuses the sender, accepts the recipient and refuses the body has refused the email", async () => {
    const script = {
      EHLO: "250-relay.test\n250 PIPELINING",
      MAIL: "451 4.3.0 later",
      RCPT: "250 ok",
      body: "554 5.5.1 no",
    };
    await using relay = await openScriptedRelay(script);
    await using transport = await openChannel(smtp, { ...settings(relay.url), connections: 1 });
    const [settled] = await sendMany(transport, [envelope]);
    expect(settled).toMatchObject({ failure: { kind: "temporary", scope: "channel", code: "451" } });
    expect(relay.taken).toEqual([]);
  });

  it("may close each connection after a few emails: the others use new connections, and nothing counts as a failure", async () => {
    let mails = 0;
    await using relay = await openScriptedRelay({
      EHLO: "250-relay.test\n250 PIPELINING",
      MAIL: () => (++mails % 8 === 0 ? "421 4.7.0 enough for one conversation" : "250 ok"),
    });
    await using transport = await openChannel(smtp, { ...settings(relay.url), connections: 2 });
    const settled = await sendMany(transport, manyEnvelopes(60));
    expect(settled.filter((each) => "failure" in each)).toEqual([]);
    expect(relay.taken).toHaveLength(60);
  });

  it("that allows fewer connections than configured gets all emails over these", async () => {
    let greeted = 0;
    await using relay = await openScriptedRelay({
      EHLO: "250-relay.test\n250 PIPELINING",
      greeting: () => (++greeted > 1 ? "421 4.7.0 too many connections" : "220 relay.test"),
    });
    await using transport = await openChannel(smtp, { ...settings(relay.url), connections: 3 });
    // One conversation is under way when the others come, and for as long as they are refused.
    const slowly = async (): Promise<void> => {
      await expect.poll(() => relay.taken.length, { timeout: 120_000, interval: 5 }).toBeGreaterThan(0);
      await sleep(40);
    };
    const settled = await sendMany(transport, manyEnvelopes(30), slowly);
    expect(settled.filter((each) => "failure" in each)).toEqual([]);
    expect(relay.taken).toHaveLength(30);
  });

  it("that accepts only ASCII addresses refuses only other addresses, and one that accepts only small emails gets no large one", async () => {
    await using relay = await openScriptedRelay({ EHLO: "250-relay.test\n250-PIPELINING\n250 SIZE 100000" });
    await using transport = await openChannel(smtp, settings(relay.url));
    const [first, second, third] = manyEnvelopes(3);
    if (!first || !second || !third) throw new Error("three are needed");
    const beyond = { ...second, recipient: { ...second.recipient, address: "jörg@example.org" } };
    const settled = await sendMany(transport, [beyond, first, third]);
    expect(settled.map((each) => ("failure" in each ? each.failure.code : "accepted")).sort()).toEqual([
      "accepted",
      "accepted",
      "smtputf8",
    ]);
    await using small = await openScriptedRelay({ EHLO: "250-relay.test\n250-PIPELINING\n250 SIZE 100" });
    await using narrow = await openChannel(smtp, { ...settings(small.url), connections: 1 });
    const [refused] = await sendMany(narrow, [first]);
    expect(refused && "failure" in refused && refused.failure).toMatchObject({ code: "too-large", scope: "channel" });
    expect(small.commands.some((line) => line.startsWith("MAIL"))).toBe(false);
  });

  it.each(["sent alone", "sent among many"])("gets a token for the login if it asks for one, %s", async (way) => {
    await using tokens = await openScriptedServer(() => ({
      status: 200,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ access_token: "fresh-token", expires_in: 3600, token_type: "Bearer" }),
    }));
    await using relay = await openScriptedRelay({ EHLO: "250-relay.test\n250-PIPELINING\n250 AUTH PLAIN XOAUTH2" });
    const oauth2 = {
      ...{ user: "ada@example.org", clientId: "id", clientSecret: "s3cret", refreshToken: "refresh" },
      accessUrl: `${tokens.url}/token`,
    };
    await using transport = await openChannel(smtp, { ...settings(relay.url), oauth2 });
    if (way === "sent alone") await transport.send(envelope, never);
    else expect((await sendMany(transport, [envelope])).every((each) => "receipt" in each)).toBe(true);
    const [login = ""] = relay.commands.filter((line) => line.startsWith("AUTH XOAUTH2"));
    expect(Buffer.from(login.split(" ")[2] ?? "", "base64").toString()).toContain(
      "user=ada@example.org\u0001auth=Bearer fresh-token",
    );
    expect(tokens.asked[0]?.body).toContain("refresh_token=refresh");
  });

  it("gets one login for many emails, and a QUIT at the end", async () => {
    await using relay = await openScriptedRelay();
    const transport = await openChannel(smtp, settings(relay.url.replace("//", "//ada:secret@")));
    for (let mail = 0; mail < 3; mail++) await transport.send(anEnvelope("email", `mail ${mail}`), never);
    await transport[Symbol.asyncDispose]();
    expect(relay.connections()).toBe(1);
    expect(relay.commands.filter((line) => line.startsWith("AUTH"))).toHaveLength(1);
    expect(relay.commands.at(-1)).toBe("QUIT");
    expect(relay.taken).toHaveLength(3);
  });

  it("continues on the same connection after it refused a recipient", async () => {
    await using relay = await openScriptedRelay({
      RCPT: (address) => (address === "ada@example.org" ? "550 no" : "250 ok"),
    });
    await using transport = await openChannel(smtp, settings(relay.url));
    await failureOf(transport.send(envelope, never));
    const other = { ...envelope, recipient: { ...envelope.recipient, address: "bo@example.org" } };
    await transport.send(other, never);
    expect(relay.connections()).toBe(1);
    expect(relay.commands).toContain("RSET");
    expect(relay.taken).toHaveLength(1);
  });

  it("may close a connection between two emails: the next email opens another, and nothing counts as a failure", async () => {
    await using relay = await openScriptedRelay();
    await using transport = await openChannel(smtp, settings(relay.url));
    await transport.send(envelope, never);
    relay.script.MAIL = () => {
      delete relay.script.MAIL;
      return "421 enough for one conversation";
    };
    await transport.send(anEnvelope("email", "two"), never);
    expect(relay.connections()).toBe(2);
    expect(relay.taken).toHaveLength(2);
  });

  it("gets no password over an unencrypted connection", async () => {
    await using relay = await openScriptedRelay();
    await using transport = await openChannel(smtp, {
      ...settings(relay.url.replace("//", "//ada:secret@")),
      requireTls: true,
    });
    const failure = await failureOf(transport.send(envelope, never));
    expect(failure).toMatchObject({ kind: "temporary", scope: "channel" });
    expect(relay.commands.some((line) => line.startsWith("AUTH"))).toBe(false);
  });

  it("can be checked without sending", async () => {
    await using relay = await openScriptedRelay();
    await using transport = await openChannel(smtp, settings(relay.url.replace("//", "//ada:secret@")));
    await transport.check?.(never);
    expect(relay.commands.some((line) => line.startsWith("MAIL"))).toBe(false);
    expect(relay.commands.some((line) => line.startsWith("AUTH"))).toBe(true);
  });

  it("always gets the same bytes for the same delivery", async () => {
    await using sink = await openSink();
    await using transport = await openChannel(smtp, settings(sink.url));
    await transport.send(envelope, never);
    const first = sink.lastMail();
    await transport.send(envelope, never);
    expect(sink.lastMail()).toBe(first);
  });
});

/** With the extension that most relays have. */
function pipelining(script: Script): Script {
  return { EHLO: "250-relay.test\n250-AUTH PLAIN\n250 PIPELINING", ...script };
}

function manyEnvelopes(count: number): Envelope<"email">[] {
  return Array.from({ length: count }, (_, index) => {
    const each = anEnvelope("email", `mail ${index}`);
    return {
      ...each,
      rendition: envelope.rendition,
      recipient: {
        ...each.recipient,
        address: `reader${index}@example.org`,
        unsubscribeUrl: `https://news.example.org/u/${index}`,
      },
    };
  });
}

/** @param betweenMs - before each but the first. */
async function sendMany(
  transport: Transport<"email">,
  envelopes: readonly Envelope<"email">[],
  between?: () => Promise<void>,
): Promise<Settled<"email">[]> {
  const settled: Settled<"email">[] = [];
  const begun = new Set<Envelope>();
  const source = async function* (): AsyncGenerator<Envelope<"email">, void> {
    for (const [index, each] of envelopes.entries()) {
      if (index > 0) await between?.();
      yield each;
    }
  };
  const progress: SendProgress<"email"> = {
    begin: (each) => void begun.add(each),
    settle: (each) => {
      if ("receipt" in each) expect(begun).toContain(each.envelope);
      expect(settled.some((other) => other.envelope === each.envelope)).toBe(false);
      settled.push(each);
    },
  };
  await transport.sendMany?.(source(), progress, never);
  return settled;
}

describe("Settings", () => {
  it.each([
    ["a url without a scheme", { url: "relay.example" }, /smtp:\/\//],
    ["a password that is not percent-encoded", { url: "smtp://a:100%@relay.example" }, /percent-encoded/],
    ["a sender without an address", { from: "A Blog" }, /expected one address/],
    ["two senders", { from: "a@example.org, b@example.org" }, /expected one address/],
    ["a line break in the sender", { from: "a@example.org\r\nBcc: b@example.org" }, /expected one address/],
  ])("with %s are refused", async (_title, change, message) => {
    const error = await openChannel(smtp, { ...settings("smtp://relay.example"), ...change }).catch(String);
    expect(error).toMatch(message);
    expect(error).not.toContain("100%");
  });
});
