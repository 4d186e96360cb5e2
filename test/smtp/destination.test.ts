/** Mail that goes through Amazon's API or a program in place of a relay. */

import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { describe, expect, it } from "vitest";
import smtp from "#adapters/smtp.ts";
import { anEnvelope, failureOf, never, openChannel } from "#contract/samples.ts";
import { type Answer, openScriptedServer } from "#contract/scripted-server.ts";
import type { Failure } from "#core/sending/delivery.ts";
import { signedHeaders } from "#smtp/carriers/aws-signature.ts";
import { parseDestination } from "#smtp/carriers/destination.ts";
import { tempDir } from "../support/temp.ts";

const envelope = anEnvelope("email");
const common = { from: "A Blög <news@example.org>", list: "everyone", timeoutSeconds: 1 };
const account = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "s3cr3t/with+signs" };

describe("Amazon SES", () => {
  const taken = { status: 200, body: JSON.stringify({ MessageId: "0102018f-one" }) };
  const open = (endpoint: string, more: object = {}) =>
    openChannel(smtp, { ...common, url: "ses:eu-west-1", ses: { ...account, endpoint }, ...more });

  it("is signed like in its documentation", () => {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
    const { authorization } = signedHeaders(
      {
        method: "GET",
        url: new URL("https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08"),
        headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
        body: "",
      },
      { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" },
      { region: "us-east-1", service: "iam" },
      new Date("2015-08-30T12:36:00Z"),
    );
    expect(authorization).toBe(
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
    );
  });

  it("gets the whole email for one recipient, signed, and its id is stored", async () => {
    await using api = await openScriptedServer(() => taken);
    await using transport = await open(api.url, { returnPath: "bounces@example.org" });
    expect(transport.sendMany).toBeUndefined();
    const receipt = await transport.send(envelope, never);
    expect(receipt).toMatchObject({ remoteId: "0102018f-one" });
    const [asked] = api.asked;
    expect(asked).toMatchObject({ method: "POST", path: "/v2/email/outbound-emails" });
    expect(asked?.headers["authorization"]).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/ses\/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=[0-9a-f]{64}$/,
    );
    const request = JSON.parse(asked?.body ?? "");
    expect(request).toMatchObject({
      FromEmailAddress: "news@example.org",
      Destination: { ToAddresses: [envelope.recipient.address] },
      FeedbackForwardingEmailAddress: expect.stringContaining("@example.org"),
    });
    const mail = await PostalMime.parse(Buffer.from(request.Content.Raw.Data, "base64"));
    expect(mail).toMatchObject({
      subject: "Hello",
      from: { name: "A Blög" },
      messageId: expect.stringContaining("@example.org"),
    });
    expect(mail.headers.map(({ key }) => key)).toContain("list-unsubscribe");
  });

  const refusal = (status: number, type: string, message = "no"): Answer => ({
    status,
    headers: { "x-amzn-errortype": `${type}:http://internal.amazon.com/` },
    body: JSON.stringify({ message }),
  });
  it.each<[string, Answer, Partial<Failure>]>([
    [
      "a rejected mail",
      refusal(400, "MessageRejected"),
      { kind: "permanent", scope: "recipient", code: "MessageRejected" },
    ],
    [
      "a sender that it doesn't know",
      refusal(400, "MailFromDomainNotVerifiedException"),
      { kind: "permanent", scope: "channel" },
    ],
    [
      "an account in its sandbox",
      refusal(400, "MessageRejected", "Email address is not verified."),
      { kind: "permanent", scope: "channel" },
    ],
    ["wrong keys", refusal(403, "SignatureDoesNotMatch"), { kind: "permanent", scope: "channel" }],
    ["too many at once", refusal(429, "TooManyRequestsException"), { kind: "throttled", scope: "channel" }],
    ["a quota that is used up", refusal(400, "LimitExceededException"), { kind: "throttled", scope: "channel" }],
    [
      "too many at once, without a name for it",
      { status: 429, body: "{}" },
      { kind: "throttled", scope: "channel", code: "429" },
    ],
    [
      "the reason in its body",
      {
        status: 400,
        body: JSON.stringify({ __type: "com.amazon.ses#MailFromDomainNotVerifiedException:x", Message: "why" }),
      },
      {
        ...{ kind: "permanent", scope: "channel", code: "MailFromDomainNotVerifiedException" },
        message: "Amazon SES: MailFromDomainNotVerifiedException why",
      },
    ],
    ["status 500", { status: 500, body: "{}" }, { kind: "temporary", scope: "channel" }],
    ["trouble of its own", { status: 503, body: "down" }, { kind: "temporary", scope: "channel" }],
    ["a connection lost after the mail", "drop", { kind: "uncertain", scope: "recipient" }],
    ["silence after the mail", "hang", { kind: "uncertain", scope: "recipient" }],
    ["a yes without a name", { status: 200, body: "{}" }, { kind: "uncertain", scope: "recipient" }],
    ["a yes that can't be read", { status: 200, body: "<html>" }, { kind: "uncertain", scope: "recipient" }],
  ])("with %s", async (_title, answer, expected) => {
    await using api = await openScriptedServer(() => answer);
    await using transport = await open(api.url);
    const failure = await failureOf(transport.send(envelope, never));
    expect(failure).toMatchObject(expected);
    expect(JSON.stringify(failure)).not.toContain(account.secretAccessKey);
  });

  it("that can't be reached has accepted nothing", async () => {
    const api = await openScriptedServer(() => taken);
    await api[Symbol.asyncDispose]();
    await using transport = await open(api.url);
    expect(await failureOf(transport.send(envelope, never))).toMatchObject({ kind: "temporary", scope: "channel" });
  });

  it("is asked by doctor whether it can send for this account", async () => {
    await using api = await openScriptedServer(() => ({ status: 200, body: JSON.stringify({ SendingEnabled: true }) }));
    await using transport = await open(api.url);
    await transport.check?.(never);
    api.answer = () => ({ status: 200, body: JSON.stringify({ SendingEnabled: false }) });
    expect(await failureOf(transport.check?.(never) ?? Promise.resolve())).toMatchObject({ kind: "permanent" });
    expect(api.asked.map(({ path }) => path)).toEqual(["/v2/email/account", "/v2/email/account"]);
  });
});

describe("sendmail", () => {
  /** A program that keeps what it was given, and ends as it is told to. */
  function program(ending: string): { path: string; args(): string; mail(): string } {
    const dir = tempDir();
    const path = join(dir, "sendmail");
    writeFileSync(path, `#!/bin/sh\necho "$@" > '${dir}/args'\ncat > '${dir}/mail'\n${ending}\n`);
    chmodSync(path, 0o755);
    return {
      path,
      args: () => readFileSync(join(dir, "args"), "utf8").trim(),
      mail: () => readFileSync(join(dir, "mail"), "utf8"),
    };
  }
  const open = (path: string) => openChannel(smtp, { ...common, url: `sendmail:${path}` });

  it("gets the whole email on its standard input, with sender and recipient", async () => {
    const sendmail = program("exit 0");
    await using transport = await open(sendmail.path);
    await transport.check?.(never);
    expect(await transport.send(envelope, never)).toMatchObject({ response: expect.any(String) });
    expect(sendmail.args()).toBe(`-i -f news@example.org ${envelope.recipient.address}`);
    expect(sendmail.mail()).not.toContain("\r");
    const mail = await PostalMime.parse(sendmail.mail());
    expect(mail).toMatchObject({
      subject: "Hello",
      text: expect.stringContaining("https://news.example.org/unsubscribe/"),
    });
  });

  it.each<[string, string, Partial<Failure>]>([
    ["nobody of that name (67)", "exit 67", { kind: "permanent", scope: "recipient", code: "EX_67" }],
    ["trouble for now (75)", "exit 75", { kind: "temporary", scope: "channel", code: "EX_75" }],
    ["no permission (77)", "exit 77", { kind: "permanent", scope: "channel" }],
    ["a death in the middle", "kill -9 $$", { kind: "uncertain", scope: "recipient" }],
  ])("that ends with %s", async (_title, ending, expected) => {
    await using transport = await open(program(ending).path);
    expect(await failureOf(transport.send(envelope, never))).toMatchObject(expected);
  });

  it("that does not exist is reported", async () => {
    await using transport = await open(join(tempDir(), "none"));
    expect(await failureOf(transport.send(envelope, never))).toMatchObject({
      ...{ kind: "permanent", scope: "channel", message: expect.stringContaining("Can't run the program") },
    });
    expect(await failureOf(transport.check?.(never) ?? Promise.resolve())).toMatchObject({ kind: "permanent" });
  });
});

describe("The address of a destination", () => {
  it.each(["ses:eu-west-1", "ses://us-gov-east-1", "sendmail:", "sendmail:/usr/sbin/sendmail", "inbox:", "inbox:a/b"])(
    "may be %s",
    (url) => {
      expect(() => parseDestination(url)).not.toThrow();
    },
  );

  it.each([
    ["ses:", /expected ses:<region>/],
    ["ses:eu-west", /expected ses:<region>/],
    ["ses:eu-west-1/x", /expected ses:<region>/],
    ["sendmail:bin/sendmail", /expected sendmail:<path>/],
    ["ftp://example.org", /./],
  ])("may not be %s", (url, message) => {
    expect(() => parseDestination(url)).toThrow(message);
  });
});

describe("Settings", () => {
  it.each([
    ["a region that is none", { url: "ses:Ireland", ses: account }, /ses:<region>/],
    ["a program without its path", { url: "sendmail:sendmail" }, /sendmail:<path>/],
    ["no keys for Amazon", { url: "ses:eu-west-1" }, /accessKeyId/],
    [
      "a signature that Amazon would break",
      { url: "ses:eu-west-1", ses: account, dkim: { selector: "a", keyFile: "k" } },
      /its own DKIM signature/,
    ],
  ])("with %s are refused", async (_title, change, message) => {
    expect(await openChannel(smtp, { ...common, ...change }).catch(String)).toMatch(message);
  });
});
