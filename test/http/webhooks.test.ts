/** Providers tell what came back; whoever only claims to be one is refused. */

import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { BounceReport } from "#core/readers/bounce.ts";
import { type WebhookSettings, webhookRoutes } from "#http/webhooks/routes.ts";

const now = Date.parse("2026-05-01T12:00:00Z");
const seconds = String(now / 1_000);

function open(settings: WebhookSettings, answer: string | Error = "") {
  const recorded: (BounceReport & { event: string })[] = [];
  const fetched: string[] = [];
  const app = webhookRoutes({
    settings,
    now: () => now,
    fetch: async (url) => {
      fetched.push(String(url));
      if (answer instanceof Error) throw answer;
      return new Response(answer);
    },
    record: async (report, event) => recorded.push({ ...report, event }),
  });
  const post = async (provider: string, body: unknown, headers: Record<string, string> = {}) =>
    (
      await app.request(`/webhooks/${provider}`, {
        method: "POST",
        body: typeof body === "string" ? body : JSON.stringify(body),
        headers,
      })
    ).status;
  return { recorded, fetched, post };
}

describe("A webhook", () => {
  it("of a provider that isn't configured answers 404", async () => {
    const { post } = open({});
    for (const name of ["ses", "mailgun", "postmark", "sendgrid", "constructor", "__proto__"])
      expect(await post(name, {})).toBe(404);
  });

  it("accepts at most two megabytes", async () => {
    const { post } = open({ mailgun: { signingKey: "key" } });
    expect(await post("mailgun", "x".repeat(3_000_000))).toBe(413);
  });
});

describe("Mailgun", () => {
  const settings = { mailgun: { signingKey: "key" } };
  const signature = (timestamp = seconds, key = "key") => ({
    timestamp,
    token: "0123456789",
    signature: createHmac("sha256", key).update(`${timestamp}0123456789`).digest("hex"),
  });
  const failed = {
    event: "failed",
    severity: "permanent",
    recipient: "ada@example.net",
    message: { headers: { "message-id": "abc@example.org" } },
    "delivery-status": { code: 550, message: "5.1.1 no such user" },
  };

  it("reports bounces and complaints", async () => {
    const { post, recorded } = open(settings);
    expect(await post("mailgun", { signature: signature(), "event-data": failed })).toBe(204);
    expect(await post("mailgun", { signature: signature(), "event-data": { ...failed, event: "complained" } })).toBe(
      204,
    );
    expect(recorded).toMatchObject([
      { kind: "hard", status: "5.1.1", recipient: "ada@example.net", messageIds: ["abc@example.org"] },
      { kind: "complaint" },
    ]);
    // The signature does not cover the event: one token stands for one event, whatever it says.
    expect(new Set(recorded.map(({ event }) => event)).size).toBe(1);
  });

  it("is refused with a wrong key, an old signature or an invalid time", async () => {
    const { post, recorded } = open(settings);
    for (const wrong of [signature(seconds, "other"), signature("1700000000"), signature("soon")])
      expect(await post("mailgun", { signature: wrong, "event-data": failed })).toBe(401);
    expect(await post("mailgun", "{")).toBe(400);
    expect(recorded).toEqual([]);
  });
});

describe("Postmark", () => {
  const settings = { postmark: { user: "hook", password: "a long password" } };
  const authorization = `Basic ${Buffer.from("hook:a long password").toString("base64")}`;

  it("reports with a password", async () => {
    const { post, recorded } = open(settings);
    const events = [
      { RecordType: "Bounce", ID: 1, Type: "HardBounce", Email: "a@example.net", Details: "something" },
      { RecordType: "Bounce", ID: 2, Type: "SoftBounce", Email: "a@example.net", Details: "mailbox is full" },
      { RecordType: "SpamComplaint", ID: 3, Email: "a@example.net" },
      {
        RecordType: "SubscriptionChange",
        Recipient: "a@example.net",
        SuppressSending: true,
        SuppressionReason: "ManualSuppression",
      },
      { RecordType: "Open", Recipient: "a@example.net" },
    ];
    for (const event of events) expect(await post("postmark", event, { authorization })).toBe(204);
    expect(recorded.map(({ kind }) => kind)).toEqual(["hard", "soft", "complaint", "unsubscribe"]);
  });

  it("is refused without it", async () => {
    const { post } = open(settings);
    expect(await post("postmark", { RecordType: "Bounce" })).toBe(401);
    expect(await post("postmark", { RecordType: "Bounce" }, { authorization: "Basic aG9vazp4" })).toBe(401);
  });
});

describe("SendGrid", () => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const settings = { sendgrid: { publicKey: publicKey.export({ format: "der", type: "spki" }).toString("base64") } };
  const headers = (body: string, timestamp = seconds) => ({
    "x-twilio-email-event-webhook-timestamp": timestamp,
    "x-twilio-email-event-webhook-signature": sign("sha256", Buffer.from(timestamp + body), privateKey).toString(
      "base64",
    ),
  });
  const body = JSON.stringify([
    {
      event: "bounce",
      type: "bounce",
      email: "a@example.net",
      sg_event_id: "1",
      "smtp-id": "<abc@example.org>",
      status: "5.1.1",
      reason: "no",
    },
    { event: "bounce", type: "blocked", email: "a@example.net", sg_event_id: "2", status: "5.7.1", reason: "blocked" },
    { event: "spamreport", email: "a@example.net", sg_event_id: "3" },
    { event: "open", email: "a@example.net", sg_event_id: "4" },
  ]);

  it("reports in signed batches", async () => {
    const { post, recorded } = open(settings);
    expect(await post("sendgrid", body, headers(body))).toBe(204);
    expect(recorded).toMatchObject([
      { kind: "hard", messageIds: ["abc@example.org"] },
      { kind: "soft", counts: false },
      { kind: "complaint" },
    ]);
  });

  it("is refused when a byte was changed, the time is old, or nothing is signed", async () => {
    const { post, recorded } = open(settings);
    expect(await post("sendgrid", body.replace("a@", "b@"), headers(body))).toBe(401);
    expect(await post("sendgrid", body, headers(body, "1700000000"))).toBe(401);
    expect(await post("sendgrid", body)).toBe(401);
    expect(recorded).toEqual([]);
  });
});

describe("Amazon SES", () => {
  const topicArn = "arn:aws:sns:eu-west-1:123456789012:bounces";
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = publicKey.export({ format: "pem", type: "spki" }).toString();
  const message = (changes: Record<string, string> = {}) => {
    const whole: Record<string, string> = {
      Type: "Notification",
      MessageId: "m1",
      TopicArn: topicArn,
      Timestamp: "2026-05-01T12:00:00Z",
      SignatureVersion: "2",
      SigningCertURL: "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem",
      Message: JSON.stringify({
        mail: { commonHeaders: { messageId: "<abc@example.org>" } },
        bounce: { bounceType: "Permanent", bouncedRecipients: [{ emailAddress: "a@example.net", status: "5.1.1" }] },
      }),
      ...changes,
    };
    const names = ["Message", "MessageId", "SubscribeURL", "Subject", "Timestamp", "Token", "TopicArn", "Type"];
    const text = names.map((name) => (whole[name] === undefined ? "" : `${name}\n${whole[name]}\n`)).join("");
    const digest = whole["SignatureVersion"] === "1" ? "sha1" : "sha256";
    const Signature = sign(digest, Buffer.from(text), privateKey).toString("base64");
    return { Signature, ...whole } as Record<string, string>;
  };

  it("reports bounces with both signature versions, and fetches the certificate once", async () => {
    const { post, recorded, fetched } = open({ ses: { topicArn } }, pem);
    expect(await post("ses", message())).toBe(204);
    expect(await post("ses", message({ SignatureVersion: "1" }))).toBe(204);
    expect(recorded[0]).toMatchObject({
      kind: "hard",
      recipient: "a@example.net",
      messageIds: ["abc@example.org"],
      event: "ses:m1:0",
    });
    expect(fetched).toHaveLength(1);
  });

  it("is confirmed for our topic only", async () => {
    const { post, fetched } = open({ ses: { topicArn } }, pem);
    const confirmation = {
      Type: "SubscriptionConfirmation",
      Token: "t",
      SubscribeURL: "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription",
    };
    expect(await post("ses", message(confirmation))).toBe(204);
    expect(fetched[1]).toBe(confirmation.SubscribeURL);
    expect(await post("ses", message({ ...confirmation, TopicArn: `${topicArn}x` }))).toBe(401);
    expect(await post("ses", message({ ...confirmation, SubscribeURL: "https://evil.example/" }))).toBe(401);
    expect(fetched).toHaveLength(2);
  });

  it.each([
    "https://evil.example/key.pem",
    "http://sns.eu-west-1.amazonaws.com/key.pem",
    "https://sns.eu-west-1.amazonaws.com.evil.example/key.pem",
    "https://sns.eu-west-1.amazonaws.com@evil.example/key.pem",
    "https://bucket.s3.amazonaws.com/key.pem",
    "https://sns.eu-west-1.amazonaws.com:8443/key.pem",
    "https://sns.eu-west-1.amazonaws.com/key.pem?Action=GetEndpointAttributes",
  ])("never fetches a certificate from %s", async (SigningCertURL) => {
    const { post, fetched } = open({ ses: { topicArn } }, pem);
    expect(await post("ses", message({ SigningCertURL }))).toBe(401);
    expect(fetched).toEqual([]);
  });

  it("is asked for again when its certificate can't be fetched", async () => {
    const { post, recorded } = open({ ses: { topicArn } }, new Error("fetch failed"));
    expect(await post("ses", message())).toBe(503);
    expect(recorded).toEqual([]);
  });

  it("is refused when the message was changed", async () => {
    const { post, recorded } = open({ ses: { topicArn } }, pem);
    const changed = message();
    expect(await post("ses", { ...changed, Message: changed["Message"]?.replace("a@", "b@") })).toBe(401);
    expect(recorded).toEqual([]);
  });
});
