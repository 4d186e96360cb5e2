/** `bounces:` of `postrider.yaml`: when soft bounces are too many, and which providers may report. */

import { createPublicKey } from "node:crypto";
import { z } from "zod";

export const bouncesSchema = z
  .strictObject({
    softLimit: z.int().min(1).default(5).describe("So many soft bounces suppress an address."),
    withinDays: z.int().min(1).default(30).describe("Within so many days."),
    mailbox: z
      .strictObject({
        url: z
          .string()
          .regex(/^(?:imap|pop3)s?:\/\/[^\s/:@]+:[^\s/@]+@[^\s/@]+\/?$/, {
            error: "expected imaps://user:password@host or pop3s://…, with user and password percent-encoded",
          })
          .refine(
            (url) => !url.startsWith("pop3:") || /@(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?\/?$/.test(url),
            {
              error: "expected pop3s://: with pop3:// the password would go in the clear to another machine",
            },
          )
          .describe("Where it is, as imaps://user:password@host or pop3s://…"),
        folder: z.string().min(1).default("INBOX").describe("Of an IMAP mailbox."),
        everyMinutes: z.number().positive().max(1440).default(5).describe("How often it is read."),
      })
      .optional()
      .describe("The mailbox to which bounces come."),
    webhooks: z
      .strictObject({
        ses: z
          .strictObject({ topicArn: z.string().startsWith("arn:").describe("Of the SNS topic.") })
          .optional()
          .describe("Amazon SES, to /webhooks/ses."),
        mailgun: z
          .strictObject({ signingKey: z.string().min(1).describe("The webhook signing key.") })
          .optional()
          .describe("Mailgun, to /webhooks/mailgun."),
        postmark: z
          .strictObject({
            user: z.string().min(1).describe("Of the basic authentication."),
            password: z.string().min(12).describe("Of the basic authentication."),
          })
          .optional()
          .describe("Postmark, to /webhooks/postmark."),
        sendgrid: z
          .strictObject({
            publicKey: z
              .string()
              .refine(isPublicKey, { error: "expected the verification key as SendGrid shows it" })
              .describe("The verification key of the signed event webhook."),
          })
          .optional()
          .describe("SendGrid, to /webhooks/sendgrid."),
      })
      .prefault({})
      .describe("Providers that report bounces and complaints."),
  })
  .prefault({});

export type BounceSettings = z.infer<typeof bouncesSchema>;

function isPublicKey(text: string): boolean {
  try {
    return createPublicKey({ key: Buffer.from(text, "base64"), format: "der", type: "spki" }).type === "public";
  } catch {
    return false;
  }
}
