/** `bounces:` of `postrider.yaml`: when soft bounces are too many, and which providers may report. */

import { createPublicKey } from "node:crypto";
import { z } from "zod";

export const bouncesSchema = z
  .strictObject({
    softLimit: z.int().min(1).default(5),
    withinDays: z.int().min(1).default(30),
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
          ),
        folder: z.string().min(1).default("INBOX"),
        everyMinutes: z.number().positive().max(1440).default(5),
      })
      .optional(),
    webhooks: z
      .strictObject({
        ses: z.strictObject({ topicArn: z.string().startsWith("arn:") }).optional(),
        mailgun: z.strictObject({ signingKey: z.string().min(1) }).optional(),
        postmark: z.strictObject({ user: z.string().min(1), password: z.string().min(12) }).optional(),
        sendgrid: z
          .strictObject({
            publicKey: z.string().refine(isPublicKey, { error: "expected the verification key as SendGrid shows it" }),
          })
          .optional(),
      })
      .prefault({}),
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
