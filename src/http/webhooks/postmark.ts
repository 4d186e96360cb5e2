/** Postmark's events. They are not signed, so a user and a password in the webhook's address authenticate them. */

import { z } from "zod";
import { isSameSecret } from "../same-secret.ts";
import { bounced, type Provider, readJson, refuse, wished } from "./provider.ts";

const body = z.object({
  RecordType: z.string(),
  ID: z.coerce.string().optional(),
  MessageID: z.string().optional(),
  Type: z.string().optional(),
  Email: z.string().optional(),
  Recipient: z.string().optional(),
  Details: z.string().optional(),
  SuppressSending: z.boolean().optional(),
  SuppressionReason: z.string().nullish(),
});

const permanent = ["HardBounce", "BadEmailAddress", "ManuallyDeactivated"];

export function postmark({ user, password }: { user: string; password: string }): Provider {
  const right = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  return async (request) => {
    if (!isSameSecret(request.headers.get("authorization") ?? "", right)) refuse();
    const event = readJson(request.body, body);
    const recipient = event.Email ?? event.Recipient ?? "";
    const id = `${event.RecordType}:${event.ID ?? event.MessageID ?? ""}:${recipient}`;
    if (event.RecordType === "SpamComplaint" || event.Type === "SpamComplaint")
      return [{ id, report: wished("postmark", "complaint", recipient) }];
    if (event.RecordType === "Bounce")
      return [
        {
          id,
          report: bounced("postmark", permanent.includes(event.Type ?? ""), { recipient, diagnostic: event.Details }),
        },
      ];
    // Postmark also reports its suppression after a bounce, which we already know. Only a reader's own request is new here.
    if (
      event.RecordType === "SubscriptionChange" &&
      event.SuppressSending &&
      event.SuppressionReason === "ManualSuppression"
    )
      return [{ id, report: wished("postmark", "unsubscribe", recipient) }];
    return [];
  };
}
