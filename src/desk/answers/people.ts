/** Answers about people, tokens and sessions. */

import { z } from "zod";
import { permissions, roles } from "#core/people/permission.ts";
import { time } from "./common.ts";

const limit = z.array(z.string()).nullable().describe("null: all");

export const person = z.strictObject({
  name: z.string(),
  role: z.enum(roles),
  email: z.string().nullable(),
  channels: limit,
  lists: limit,
  createdBy: z.string(),
  createdAt: time,
});

/** There is one page only: a site has few people and tokens. */
const page = <Item extends z.ZodType>(item: Item) => z.strictObject({ items: z.array(item), next: z.null() });

export const peopleAnswer = page(person);
export const personAnswer = z.strictObject({ person });
export const roleAnswer = z.strictObject({ name: z.string(), role: z.enum(roles), was: z.enum(roles) });
export const limitsAnswer = z.strictObject({
  name: z.string(),
  channels: limit,
  lists: limit,
  was: z.strictObject({ channels: limit, lists: limit }),
});
export const removedPersonAnswer = z.strictObject({
  name: z.string(),
  removed: z.literal(true),
  tokens: z.array(z.string()).describe("Tokens that this person created and that are still valid"),
});
export const endedSessionsAnswer = z.strictObject({ name: z.string(), ended: z.int() });

export const token = z.strictObject({
  name: z.string(),
  state: z.enum(["valid", "expired", "revoked"]),
  scopes: z.array(z.enum(permissions)),
  channels: limit,
  lists: limit,
  createdBy: z.string(),
  createdAt: time,
  expiresAt: time.nullable(),
  lastUsedAt: time.nullable().describe("Exact to a minute"),
  revokedAt: time.nullable(),
});

export const tokensAnswer = page(token);
export const createdTokenAnswer = z.strictObject({
  token: z.string().describe("The token itself. It is shown only once"),
  ...token.shape,
});
export const revokedTokenAnswer = z.strictObject({ name: z.string(), revoked: z.literal(true) });

export const linkAnswer = z.strictObject({
  url: z.string().describe("Opens one session, within 15 minutes"),
  created: z.boolean().describe("The person is new"),
  ...person.shape,
});
export const openedSessionAnswer = z.strictObject({
  session: z.string().describe("The secret of the session"),
  ...person.shape,
});
export const foundSessionAnswer = z.strictObject({ person: person.nullable() });
export const endedSessionAnswer = z.strictObject({ ended: z.boolean() });

export const passkeyAnswer = z.strictObject({ id: z.string() });
export const passkeysAnswer = page(z.strictObject({ id: z.string(), createdAt: time, lastUsedAt: time.nullable() }));
export const removedPasskeyAnswer = z.strictObject({ removed: z.literal(true) });
