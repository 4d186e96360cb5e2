/** Mailgun's events. The signature covers time and token but not the content, so each token is accepted once. */

import { createHmac } from "node:crypto";
import { z } from "zod";
import { isSameSecret } from "../same-secret.ts";
import { bounced, type Provider, readJson, refuse, wished } from "./provider.ts";

const body = z.object({
  signature: z.object({ timestamp: z.coerce.string(), token: z.string().min(8).max(200), signature: z.string() }),
  "event-data": z.object({
    event: z.string(),
    severity: z.string().optional(),
    recipient: z.string(),
    message: z.object({ headers: z.object({ "message-id": z.string().optional() }).optional() }).optional(),
    "delivery-status": z
      .object({
        code: z.coerce.string().optional(),
        "enhanced-code": z.string().optional(),
        message: z.string().optional(),
        description: z.string().optional(),
      })
      .optional(),
  }),
});

/** An older signature may be a replay of a recorded request. */
const goodForSeconds = 15 * 60;

export function mailgun({ signingKey }: { signingKey: string }, now: () => number): Provider {
  return async (request) => {
    const { signature, "event-data": data } = readJson(request.body, body);
    const right = createHmac("sha256", signingKey)
      .update(signature.timestamp + signature.token)
      .digest("hex");
    const age = Math.abs(now() / 1_000 - Number(signature.timestamp));
    if (!isSameSecret(signature.signature, right) || !(age < goodForSeconds)) refuse();
    const messageId = data.message?.headers?.["message-id"];
    const status = data["delivery-status"];
    const id = signature.token;
    switch (data.event) {
      case "failed": {
        const facts = {
          recipient: data.recipient,
          status: status?.["enhanced-code"],
          diagnostic: [status?.code, status?.message || status?.description].filter(Boolean).join(" "),
          messageId,
        };
        return [{ id, report: bounced("mailgun", data.severity === "permanent", facts) }];
      }
      case "complained":
        return [{ id, report: wished("mailgun", "complaint", data.recipient, messageId) }];
      case "unsubscribed":
        return [{ id, report: wished("mailgun", "unsubscribe", data.recipient, messageId) }];
      default:
        return [];
    }
  };
}
