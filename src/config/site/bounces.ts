/** `bounces` in `postrider.yaml`: when soft bounces suppress an address, and which providers report bounces. */

import { createPublicKey } from "node:crypto";
import { z } from "zod";

export const bouncesSchema = z
  .strictObject({
    softLimit: z.int().min(1).default(5).describe("Number of soft bounces after which an address is suppressed."),
    withinDays: z.int().min(1).default(30).describe("Number of days in which soft bounces are counted."),
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
              error: "expected pop3s://: pop3:// would send the password unencrypted to another machine",
            },
          )
          .describe("Address of the mailbox: imaps://user:password@host or pop3s://…"),
        folder: z.string().min(1).default("INBOX").describe("Folder of an IMAP mailbox."),
        everyMinutes: z.number().positive().max(1440).default(5).describe("How often the mailbox is read."),
      })
      .optional()
      .describe("The mailbox that receives bounces."),
    webhooks: z
      .strictObject({
        ses: z
          .strictObject({ topicArn: z.string().startsWith("arn:").describe("ARN of the SNS topic.") })
          .optional()
          .describe("Amazon SES reports to /webhooks/ses."),
        mailgun: z
          .strictObject({ signingKey: z.string().min(1).describe("The webhook signing key.") })
          .optional()
          .describe("Mailgun reports to /webhooks/mailgun."),
        postmark: z
          .strictObject({
            user: z.string().min(1).describe("User name of the basic authentication."),
            password: z.string().min(12).describe("Password of the basic authentication."),
          })
          .optional()
          .describe("Postmark reports to /webhooks/postmark."),
        sendgrid: z
          .strictObject({
            publicKey: z
              .string()
              .refine(isPublicKey, { error: "expected the verification key as SendGrid shows it" })
              .describe("The verification key of the signed event webhook."),
          })
          .optional()
          .describe("SendGrid reports to /webhooks/sendgrid."),
      })
      .prefault({})
      .describe("Providers that report bounces and complaints by webhook."),
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
