/** `webhooks` in `postrider.yaml`: which addresses are told what happens. */

import { z } from "zod";
import { type HookSettings, hookEvents } from "#core/hooks/hook.ts";
import { isHookSecret } from "#core/hooks/signature.ts";

const secretError =
  'expected "whsec_" and 24 to 64 random bytes in base64, such as the output of: echo "whsec_$(openssl rand -base64 32)"';
const secret = z.string().refine(isHookSecret, { error: secretError });

export const webhooksSchema = z
  .array(
    z.strictObject({
      url: z
        .url({ protocol: /^https?$/, error: "expected an address that begins with https://" })
        .refine((url) => !URL.parse(url)?.username, { error: "must not contain a user name" })
        .describe("The address of the receiver."),
      events: z.array(z.enum(hookEvents)).min(1).describe("What it is told."),
      secret: z
        .union([secret, z.array(secret).min(1).max(4)], { error: secretError })
        .describe("Signs the messages. While you replace it, a list: the new one, then the old one."),
      ordered: z
        .boolean()
        .default(false)
        .describe("Whether the messages about a publication or a reader are sent one after another."),
      private: z.boolean().default(false).describe("Whether the address may be in a private network."),
    }),
  )
  .default([])
  .refine((hooks) => new Set(hooks.map(({ url }) => url)).size === hooks.length, {
    error: "each address may be there once; give it all its events",
  });

export function hookSettings(hooks: z.output<typeof webhooksSchema>): HookSettings[] {
  return hooks.map(({ secret: one, ...hook }) => ({ ...hook, secrets: typeof one === "string" ? [one] : one }));
}
