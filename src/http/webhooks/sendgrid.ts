/** SendGrid's events: a batch, signed with ECDSA over time and body. */

import { createPublicKey, verify } from "node:crypto";
import { z } from "zod";
import { bounced, type Provider, type ProviderEvent, readJson, refuse, wished } from "./provider.ts";

const body = z
  .array(
    z.object({
      event: z.string(),
      email: z.string(),
      sg_event_id: z.string(),
      "smtp-id": z.string().optional(),
      type: z.string().optional(),
      status: z.string().optional(),
      reason: z.string().optional(),
    }),
  )
  .max(10_000);

const goodForSeconds = 15 * 60;

/** @param settings - the key as SendGrid shows it: DER in base64. */
export function sendgrid(settings: { publicKey: string }, now: () => number): Provider {
  const key = createPublicKey({ key: Buffer.from(settings.publicKey, "base64"), format: "der", type: "spki" });
  return async ({ headers, body: text }) => {
    const timestamp = headers.get("x-twilio-email-event-webhook-timestamp") ?? "";
    const signature = Buffer.from(headers.get("x-twilio-email-event-webhook-signature") ?? "", "base64");
    const age = Math.abs(now() / 1_000 - Number(timestamp));
    if (!(age < goodForSeconds) || !verify("sha256", Buffer.from(timestamp + text), key, signature)) refuse();
    return readJson(text, body).flatMap(eventOf);
  };
}

function eventOf(event: z.infer<typeof body>[number]): ProviderEvent[] {
  const { sg_event_id: id, email: recipient, "smtp-id": messageId, status, reason: diagnostic } = event;
  switch (event.event) {
    case "bounce":
      return [
        { id, report: bounced("sendgrid", event.type !== "blocked", { recipient, status, diagnostic, messageId }) },
      ];
    case "spamreport":
      return [{ id, report: wished("sendgrid", "complaint", recipient, messageId) }];
    case "unsubscribe":
    case "group_unsubscribe":
      return [{ id, report: wished("sendgrid", "unsubscribe", recipient, messageId) }];
    default:
      return [];
  }
}
