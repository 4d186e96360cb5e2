/** Amazon SES events over SNS, signed by a certificate from Amazon's own hosts. */

import { verify } from "node:crypto";
import { z } from "zod";
import { PostriderError } from "#core/errors.ts";
import { beginningOf } from "#web/beginning-of.ts";
import { bounced, type Provider, type ProviderEvent, readJson, refuse, wished } from "./provider.ts";

const envelope = z.object({
  Type: z.enum(["Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation"]),
  MessageId: z.string(),
  TopicArn: z.string(),
  Message: z.string(),
  Subject: z.string().nullish(),
  Timestamp: z.string(),
  Token: z.string().optional(),
  SubscribeURL: z.string().optional(),
  SignatureVersion: z.enum(["1", "2"]),
  Signature: z.string(),
  SigningCertURL: z.string(),
});
type Envelope = z.infer<typeof envelope>;

const notification = z.object({
  notificationType: z.string().optional(),
  eventType: z.string().optional(),
  mail: z.object({
    headers: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
    commonHeaders: z.object({ messageId: z.string().optional() }).optional(),
  }),
  bounce: z
    .object({
      bounceType: z.string(),
      bouncedRecipients: z
        .array(
          z.object({ emailAddress: z.string(), status: z.string().optional(), diagnosticCode: z.string().optional() }),
        )
        .max(1_000),
    })
    .optional(),
  complaint: z
    .object({
      complaintFeedbackType: z.string().nullish(),
      complainedRecipients: z.array(z.object({ emailAddress: z.string() })).max(1_000),
    })
    .optional(),
});

const askTimeoutMs = 10_000;
/** Bytes. */
const mostCertificate = 20_000;

/** Confirms a subscription of the configured topic automatically, and of no other topic. */
export function ses({ topicArn }: { topicArn: string }, fetcher: typeof fetch): Provider {
  const certificates = new Map<string, string>();
  /** The beginning of the answer; null if the answer is an error. */
  const ask = async (url: string): Promise<string | null> => {
    try {
      const response = await fetcher(url, { redirect: "error", signal: AbortSignal.timeout(askTimeoutMs) });
      return response.ok ? await beginningOf(response, mostCertificate) : null;
    } catch (cause) {
      throw new PostriderError("unavailable", "Amazon SNS could not be reached", { cause });
    }
  };
  const certificate = async (url: string): Promise<string> => {
    const known = certificates.get(url);
    if (known) return known;
    const pem = (await ask(url)) ?? refuse();
    if (certificates.size < 10) certificates.set(url, pem);
    return pem;
  };
  return async ({ body }) => {
    const message = readJson(body, envelope);
    // The topic is checked first, because anybody can have Amazon sign a message of their own topic.
    if (message.TopicArn !== topicArn || !isAmazons(message.SigningCertURL, /\.pem$/)) refuse();
    // The address of a certificate has no query. With a query, SNS could return text that an attacker chose.
    if (URL.parse(message.SigningCertURL)?.search !== "") refuse();
    if (!signedBy(message, await certificate(message.SigningCertURL))) refuse();
    if (message.Type === "SubscriptionConfirmation") {
      const url = message.SubscribeURL ?? "";
      if (!isAmazons(url, /^\/$/)) refuse();
      await ask(url);
      return [];
    }
    return message.Type === "Notification" ? eventsOf(message) : [];
  };
}

function isAmazons(address: string, path: RegExp): boolean {
  const url = URL.parse(address);
  return (
    url?.protocol === "https:" &&
    /^sns\.[a-z0-9-]{3,30}\.amazonaws\.com(?:\.cn)?$/.test(url.host) &&
    !url.username &&
    path.test(url.pathname)
  );
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html */
function signedBy(message: Envelope, pem: string): boolean {
  const names =
    message.Type === "Notification"
      ? (["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"] as const)
      : (["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"] as const);
  const values: Partial<Record<string, string | null>> = message;
  const text = names.map((name) => (typeof values[name] === "string" ? `${name}\n${values[name]}\n` : "")).join("");
  try {
    const digest = message.SignatureVersion === "1" ? "sha1" : "sha256";
    return verify(digest, Buffer.from(text), pem, Buffer.from(message.Signature, "base64"));
  } catch {
    return false;
  }
}

function eventsOf({ Message: text, MessageId }: Envelope): ProviderEvent[] {
  const { bounce, complaint, mail } = readJson(text, notification);
  const messageId =
    mail.commonHeaders?.messageId ?? mail.headers?.find(({ name }) => name.toLowerCase() === "message-id")?.value;
  const bounces = (bounce?.bouncedRecipients ?? []).map(({ emailAddress: recipient, status, diagnosticCode }) =>
    bounced("ses", bounce?.bounceType === "Permanent", { recipient, status, diagnostic: diagnosticCode, messageId }),
  );
  const complaints = (
    complaint?.complaintFeedbackType === "not-spam" ? [] : (complaint?.complainedRecipients ?? [])
  ).map(({ emailAddress }) => wished("ses", "complaint", emailAddress, messageId));
  return [...bounces, ...complaints].map((report, index) => ({ id: `${MessageId}:${index}`, report }));
}
