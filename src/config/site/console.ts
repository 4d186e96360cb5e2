/** `console` in `postrider.yaml`: whether it is there, and how people sign in. */

import { z } from "zod";
import { roles } from "#core/people/permission.ts";

const oidcSchema = z
  .strictObject({
    issuer: z
      .url({ protocol: /^https?$/, error: "expected an address that begins with https://" })
      .describe("The address of the provider. Its description is at /.well-known/openid-configuration below it."),
    clientId: z.string().min(1).describe("The name of Postrider at the provider."),
    clientSecret: z.string().min(1).optional().describe("Its secret. Absent: a public client."),
    roles: z
      .record(z.string().min(1), z.enum(roles))
      .default({})
      .describe("The role that each group gives. Whoever is in several groups has the highest of their roles."),
    groupsClaim: z.string().min(1).default("groups").describe("Where the provider says who is in which group."),
    scope: z
      .string()
      .regex(/(^| )openid( |$)/, { error: 'expected words, one of which is "openid"' })
      .default("openid profile email")
      .describe("What to ask the provider for. Some need `groups` here."),
  })
  .describe("Signing in through an OpenID Connect provider.");

export const consoleSchema = z
  .strictObject({
    enabled: z.boolean().default(true).describe("Whether /console is available to people who sign in."),
    title: z.string().min(1).optional().describe("The name at the top of each page. Default: the blog's title."),
    oidc: oidcSchema.optional(),
  })
  .prefault({});

export type OidcSettings = z.infer<typeof oidcSchema>;
