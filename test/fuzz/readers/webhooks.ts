/** Bodies that a mail provider's webhook could get with a right signature, down to what is recorded in the ledger. */

import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { openBounceDesk } from "#app/serving/bounces.ts";
import { webhookRoutes } from "#http/webhooks/routes.ts";
import { silent } from "../../support/app.ts";
import { brokenJson, brokenText, type Reader } from "../reader.ts";
import { filledDatabase, undoing } from "./ledgers.ts";

type Name = "SendGrid" | "SES" | "Mailgun" | "Postmark";

const topicArn = "arn:aws:sns:eu-west-1:1:bounces";
const curve = generateKeyPairSync("ec", { namedCurve: "P-256" });
const rsa = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const certificate = rsa.publicKey.export({ format: "pem", type: "spki" }).toString();
const now = 1_777_777_777_000;
const seconds = String(now / 1_000);

const desk = async () =>
  openBounceDesk(undoing(await filledDatabase()), "secret", { softLimit: 3, withinDays: 30, webhooks: {} }, silent);
/** A certificate that the next request gets instead of the right one. */
let otherCertificate: Buffer | null = null;

function openHooks(): ReturnType<typeof webhookRoutes> {
  return webhookRoutes({
    settings: {
      sendgrid: { publicKey: curve.publicKey.export({ format: "der", type: "spki" }).toString("base64") },
      mailgun: { signingKey: "key" },
      postmark: { user: "a", password: "b" },
      ses: { topicArn },
    },
    fetch: async () => new Response(otherCertificate ? new Uint8Array(otherCertificate) : certificate),
    now: () => now,
    record: async (report, event) => (await desk()).reports([report], event),
  });
}

async function post(provider: string, body: string, headers: Record<string, string> = {}): Promise<void> {
  const { status } = await openHooks().request(`/webhooks/${provider}`, { method: "POST", body, headers });
  if (status >= 500) throw new Error(`The answer is ${status}`);
}

const mailgunEvent = (event: string, more: object) => ({
  signature: { timestamp: seconds, token: "0123456789", signature: "" },
  "event-data": { event, recipient: "reader0@example.org", ...more },
});
const sesMessage = (message: object) => ({
  ...{ Type: "Notification", MessageId: "m", TopicArn: topicArn, Message: JSON.stringify(message), Timestamp: "t" },
  ...{ SignatureVersion: "2", Signature: "", SigningCertURL: "https://sns.eu-west-1.amazonaws.com/key.pem" },
});
const messageId = "76c87cb4a3bf7490fbe574a964df5191@example.org";
const sesMail = { headers: [{ name: "Message-ID", value: `<${messageId}>` }], commonHeaders: { messageId } };

const samples: Record<Name, readonly unknown[]> = {
  SendGrid: [
    [
      {
        ...{ event: "bounce", type: "bounce", email: "reader0@example.org", sg_event_id: "1" },
        ...{ "smtp-id": `<${messageId}>`, status: "5.1.1", reason: "550 5.1.1 no such user" },
      },
      { event: "spamreport", email: "reader2@example.org", sg_event_id: "2" },
      { event: "group_unsubscribe", email: "reader4@example.org", sg_event_id: "3" },
    ],
  ],
  SES: [
    sesMessage({
      notificationType: "Bounce",
      mail: sesMail,
      bounce: {
        bounceType: "Permanent",
        bouncedRecipients: [
          { emailAddress: "reader0@example.org", status: "5.1.1", diagnosticCode: "smtp; 550 5.1.1 no such user" },
        ],
      },
    }),
    sesMessage({
      eventType: "Complaint",
      mail: sesMail,
      complaint: { complaintFeedbackType: "abuse", complainedRecipients: [{ emailAddress: "reader2@example.org" }] },
    }),
    {
      ...sesMessage({}),
      ...{ Type: "SubscriptionConfirmation", Token: "t", SubscribeURL: "https://sns.eu-west-1.amazonaws.com/?a=b" },
    },
  ],
  Mailgun: [
    mailgunEvent("failed", {
      severity: "permanent",
      message: { headers: { "message-id": messageId } },
      "delivery-status": { code: 550, "enhanced-code": "5.1.1", message: "no such user", description: "gone" },
    }),
    mailgunEvent("complained", {}),
    mailgunEvent("unsubscribed", {}),
  ],
  Postmark: [
    {
      ...{ RecordType: "Bounce", ID: 1, Type: "HardBounce", Email: "reader0@example.org" },
      ...{ MessageID: "m", Details: "smtp;550 5.1.1 no such user" },
    },
    { RecordType: "SpamComplaint", ID: 2, Email: "reader2@example.org" },
    {
      ...{ RecordType: "SubscriptionChange", Recipient: "reader4@example.org", SuppressSending: true },
      SuppressionReason: "ManualSuppression",
    },
  ],
};

/** Each with what proves the sender, where the body can still be read. */
const senders: Record<Name, (body: string) => Promise<void>> = {
  SendGrid: (body) =>
    post("sendgrid", body, {
      "x-twilio-email-event-webhook-timestamp": seconds,
      "x-twilio-email-event-webhook-signature": sign("sha256", Buffer.from(seconds + body), curve.privateKey).toString(
        "base64",
      ),
    }),
  async SES(body) {
    const message = objectIn(body);
    if (!message) {
      otherCertificate = Buffer.from(body);
      await post("ses", JSON.stringify(samples.SES[0])).finally(() => {
        otherCertificate = null;
      });
      return post("ses", body);
    }
    const names =
      message["Type"] === "Notification"
        ? ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"]
        : ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];
    const signed = names.map((name) => (typeof message[name] === "string" ? `${name}\n${message[name]}\n` : ""));
    const Signature = sign("sha256", Buffer.from(signed.join("")), rsa.privateKey).toString("base64");
    await post("ses", JSON.stringify({ ...message, Signature }));
  },
  Mailgun(body) {
    const message = objectIn(body);
    const signature = objectIn(JSON.stringify(message?.["signature"] ?? null));
    if (!message || !signature) return post("mailgun", body);
    const proof = createHmac("sha256", "key").update(`${signature["timestamp"]}${signature["token"]}`).digest("hex");
    return post("mailgun", JSON.stringify({ ...message, signature: { ...signature, signature: proof } }));
  },
  Postmark: (body) => post("postmark", body, { authorization: `Basic ${btoa("a:b")}` }),
};

function objectIn(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

const markers = [
  ...[...'{}[]":,'],
  ...["null", "1e999", "\\u0000", "\u0000", "\\ud800", "__proto__", "constructor", "é", "<", ">", "@", "\r\n", "%"],
  ...["reader1@example.org", "550 5.1.1 ", "4.2.2", "user unknown", "mailbox ", "recipient ", "host not found"],
  ...["name service error for ", "existiert nicht", messageId, "https://sns.eu-west-1.amazonaws.com/", "bounce"],
];

export const webhooks: Readonly<Record<string, Reader>> = Object.fromEntries(
  (Object.keys(samples) as Name[]).map((name): [string, Reader] => [
    `webhooks of ${name}`,
    {
      seeds: samples[name].map((sample) => JSON.stringify(sample)),
      markers,
      broken: (seed, random) =>
        random.integer(4) === 0
          ? brokenText(seed, markers, random)
          : Buffer.from(name === "SES" ? brokenMessage(seed, random) : brokenJson(seed, markers, random)),
      open: async () => void (await filledDatabase()),
      read: (input) => senders[name](input.toString()),
      atOnce: 10,
    },
  ]),
);

/** What SES says is JSON in a text within JSON. */
function brokenMessage(seed: string, random: Parameters<typeof brokenText>[2]): string {
  if (random.integer(3) === 0) return brokenJson(seed, markers, random);
  const message = JSON.parse(seed) as { Message: string };
  return JSON.stringify({ ...message, Message: brokenJson(message.Message, markers, random) });
}
