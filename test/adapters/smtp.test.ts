/** What each answer of a relay, and each silence, comes to. */

import { describe, expect, it } from "vitest";
import smtp from "#adapters/smtp.ts";
import type { Failure } from "#core/delivery.ts";
import { openScriptedRelay, type Script } from "../support/servers/smtp.ts";
import { openSink } from "../support/sink.ts";
import { anEnvelope, failureOf, never, openChannel } from "./support.ts";

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

  it("logs in once for many mails, and says goodbye", async () => {
    await using relay = await openScriptedRelay();
    const transport = await openChannel(smtp, settings(relay.url.replace("//", "//ada:secret@")));
    for (let mail = 0; mail < 3; mail++) await transport.send(anEnvelope("email", `mail ${mail}`), never);
    await transport[Symbol.asyncDispose]();
    expect(relay.connections()).toBe(1);
    expect(relay.commands.filter((line) => line.startsWith("AUTH"))).toHaveLength(1);
    expect(relay.commands.at(-1)).toBe("QUIT");
    expect(relay.taken).toHaveLength(3);
  });

  it("goes on in the same conversation after a recipient that it refused", async () => {
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

  it("may end a conversation between two mails: the next one begins another, and nothing is counted as a failure", async () => {
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

  it("is refused a password over a connection that anybody can read", async () => {
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

  it("gets the same bytes for the same delivery", async () => {
    await using sink = await openSink();
    await using transport = await openChannel(smtp, settings(sink.url));
    await transport.send(envelope, never);
    const first = sink.lastMail();
    await transport.send(envelope, never);
    expect(sink.lastMail()).toBe(first);
  });
});

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
