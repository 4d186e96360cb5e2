/** Actors made from people and tokens. */

import { PostriderError } from "#core/errors.ts";
import type { ApiToken } from "#core/people/api-token.ts";
import { type Permission, permissionsOf } from "#core/people/permission.ts";
import { limitsOf, type Person } from "#core/people/person.ts";
import { isSecret, secretHash } from "#core/people/secret.ts";
import type { Actor } from "../act.ts";
import type { DeskPorts } from "../ports.ts";

/** Somebody who has signed in. */
export function personActor(person: Person): Actor {
  const limits = limitsOf(person);
  return {
    name: `console:${person.name}`,
    door: "console",
    permissions: permissionsOf[person.role],
    ...(limits && { limits }),
    isLocal: false,
  };
}

/** A program with a token. */
function tokenActor(token: ApiToken): Actor {
  const limits = limitsOf(token);
  return {
    name: `api:${token.name}`,
    door: "token",
    permissions: token.scopes,
    ...(limits && { limits }),
    ...(token.expiresAt && { until: token.expiresAt }),
    isLocal: false,
  };
}

/** Who has this token; `null` if it is unknown, revoked or expired. */
export async function holderOf(token: string, { tokens }: Pick<DeskPorts, "tokens">): Promise<Actor | null> {
  const found = isSecret(token) ? await tokens.use(secretHash(token)) : null;
  return found && tokenActor(found);
}

/** What an assistant may have. It needs no data about readers, and does not approve its own plans. */
const ofAssistants: readonly Permission[] = ["read", "check", "publish"];

/**
 * An assistant that acts with the permissions of somebody. It is recorded under its own name.
 * @throws PostriderError `forbidden` for a token that may approve plans: with it, the assistant could do that over the API
 */
export function assistantActor({ name, permissions, limits, until, door }: Actor): Actor {
  if (door === "token" && permissions.includes("approve"))
    throw new PostriderError("forbidden", "This token may approve plans, so an assistant can't have it", {
      hint: "Create another: postrider tokens create assistant --scopes publisher",
    });
  const token = name.startsWith("api:") ? name.slice("api:".length) : "";
  return {
    ...{ name: token ? `assistant:${token}` : "assistant", door: "assistant", isLocal: false },
    permissions: permissions.filter((each) => ofAssistants.some((one) => one === each)),
    ...(limits && { limits }),
    ...(until && { until }),
  };
}

/** Who nobody knows yet: may only show a secret, which says who they are. */
export const stranger: Actor = { name: "sign-in", door: "console", permissions: ["sign-in"], isLocal: false };
