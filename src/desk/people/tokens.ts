/** Tokens with which programs use the API. */

import { z } from "zod";
import { PostriderError } from "#core/errors.ts";
import { pageOf } from "#core/listings/page.ts";
import type { ApiToken } from "#core/people/api-token.ts";
import { type Permission, permissions, roles, scopesOfRole } from "#core/people/permission.ts";
import { newSecret, secretHash, tokenPrefix } from "#core/people/secret.ts";
import { suggestion } from "#core/spelling.ts";
import { type Actor, act, fields } from "../act.ts";
import { createdTokenAnswer, revokedTokenAnswer, token as tokenItem, tokensAnswer } from "../answers/people.ts";
import { keyForms, listing } from "../listing.ts";
import type { DeskPorts } from "../ports.ts";
import {
  knownLimits,
  type LimitPorts,
  limitsAsked,
  nameAsked,
  requireName,
  requireOwnPermissions,
} from "./granting.ts";

type TokenPorts = Pick<DeskPorts, "tokens" | "clock">;

/** A token, and whether it can be used. */
export interface ShownToken extends ApiToken {
  state: "valid" | "expired" | "revoked";
}

export const listTokens = act({
  name: "tokens.list",
  looks: true,
  asks: z.strictObject({}),
  needs: "admin",
  answers: tokensAnswer,
  run: async (_, __: Actor, { tokens, clock }: TokenPorts): Promise<{ tokens: ShownToken[] }> => ({
    tokens: (await tokens.list()).map((token) => shown(token, clock.now())),
  }),
  document: ({ tokens }) => ({ items: tokens, next: null }),
});

/** Newest first. */
export const pageTokens = listing({
  list: "tokens",
  needs: "admin",
  filter: { state: tokenItem.shape.state.optional() },
  item: tokenItem,
  keys: keyForms.timed,
  async find({ state }, slice, { tokens, clock }: TokenPorts) {
    const all = (await tokens.list()).map((token) => shown(token, clock.now()));
    const wanted = all.filter((token) => state === undefined || token.state === state);
    // A name can be used again after its token was revoked.
    return pageOf(wanted, slice, ({ name, createdAt }) => `${createdAt.getTime()} ${name}`);
  },
});

/** The one that can be used, or else the newest one with this name. */
export const showToken = act({
  name: "tokens.show",
  looks: true,
  asks: z.strictObject({ token: nameAsked }),
  needs: "admin",
  answers: tokenItem,
  async run({ token: name }, _: Actor, { tokens, clock }: TokenPorts): Promise<ShownToken> {
    const named = (await tokens.list()).filter((each) => each.name === name);
    const found = named.find(({ revokedAt }) => !revokedAt) ?? named[0];
    if (found) return shown(found, clock.now());
    throw new PostriderError("not_found", `There is no token "${name}"`, { hint: "GET /api/v1/tokens lists them." });
  },
  document: (answer) => answer,
});

export interface CreatedToken extends ShownToken {
  /** It is stored nowhere: only this answer has it. */
  token: string;
}

export const createToken = act({
  name: "tokens.create",
  asks: z.strictObject({
    token: nameAsked,
    /** Permissions, or names of roles: these stand for all their permissions. */
    scopes: z.array(z.string()).min(1),
    /** Default: it has no end. */
    expiresAt: fields.time.optional(),
    ...limitsAsked,
  }),
  needs: "admin",
  answers: createdTokenAnswer,
  async run(
    { token: name, scopes: named, expiresAt = null, ...limits },
    actor: Actor,
    ports: TokenPorts & LimitPorts,
  ): Promise<CreatedToken> {
    requireName(name);
    const scopes = scopesOf(named);
    requireOwnPermissions(actor, scopes);
    const now = ports.clock.now();
    requireEnd(expiresAt, now, actor);
    const secret = newSecret(tokenPrefix);
    const wanted = { name, scopes, expiresAt, ...(await knownLimits(limits, ports)) };
    return { token: secret, ...shown(await ports.tokens.add(wanted, secretHash(secret), actor.name), now) };
  },
  document: (answer) => answer,
  after: ({ scopes, expiresAt, channels, lists }: CreatedToken) => ({ scopes, expiresAt, channels, lists }),
});

export const revokeToken = act({
  name: "tokens.revoke",
  asks: z.strictObject({ token: nameAsked }),
  needs: "admin",
  answers: revokedTokenAnswer,
  async run({ token: name }, actor: Actor, { tokens }: TokenPorts): Promise<{ name: string; revoked: true }> {
    if (await tokens.revoke(name, actor.name)) return { name, revoked: true };
    const all = await tokens.list();
    const valid = all.filter(({ revokedAt }) => !revokedAt).map((token) => token.name);
    const nearest = suggestion(name, valid);
    if (all.some((token) => token.name === name))
      throw new PostriderError("conflict", `The token "${name}" has already been revoked`);
    throw new PostriderError("not_found", `There is no token "${name}"${nearest && `; ${nearest}`}`, {
      hint: valid.length > 0 ? `There are: ${valid.join(", ")}.` : "No token is valid now.",
    });
  },
  document: (answer) => answer,
});

/** In the order of all permissions. @throws PostriderError `invalid` */
export function scopesOf(named: readonly string[]): Permission[] {
  const given = new Set(named.flatMap(scopesNamed));
  return permissions.filter((permission) => given.has(permission));
}

function scopesNamed(name: string): readonly Permission[] {
  // `admin` is both; alone, the permission could give nothing to anybody.
  const role = roles.find((each) => each === name);
  if (role) return scopesOfRole(role);
  const permission = permissions.find((each) => each === name);
  if (permission) return [permission];
  const known = [...permissions, ...roles];
  const nearest = suggestion(name, known);
  throw new PostriderError("invalid", `There is no scope "${name}"${nearest && `; ${nearest}`}`, {
    hint: `Scopes are the permissions ${permissions.join(", ")}, and the roles ${roles.join(", ")}.`,
  });
}

/** @throws PostriderError `invalid` for an end in the past, `forbidden` for one after the actor's own */
function requireEnd(expiresAt: Date | null, now: Date, { until }: Actor): void {
  if (expiresAt && expiresAt <= now) throw new PostriderError("invalid", "The end of the token is in the past");
  if (until && (!expiresAt || expiresAt > until))
    throw new PostriderError("forbidden", `Your own token ends at ${until.toISOString()}: this one must end before`, {
      hint: "Set `expiresAt` to that time or to an earlier one.",
    });
}

function shown(token: ApiToken, now: Date): ShownToken {
  const { revokedAt, expiresAt } = token;
  const state = revokedAt ? "revoked" : expiresAt && expiresAt <= now ? "expired" : "valid";
  return { ...token, state };
}
