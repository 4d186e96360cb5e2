/** Signing in through an OpenID provider, and with passkeys. */

import { z } from "zod";
import { PostriderError } from "#core/errors.ts";
import type { Passkey } from "#core/people/identity.ts";
import { roles } from "#core/people/permission.ts";
import type { Person } from "#core/people/person.ts";
import { newSecret, secretHash } from "#core/people/secret.ts";
import { type Actor, act } from "../act.ts";
import { openedSessionAnswer, passkeyAnswer, passkeysAnswer, removedPasskeyAnswer } from "../answers/people.ts";
import type { DeskPorts } from "../ports.ts";
import { nameAsked } from "./granting.ts";
import { unknownPerson } from "./people.ts";

const text = z.string().min(1).max(1_000);

type Opened = Person & { session: string };

/** What is asked is what the provider has said and signed, never what a request says. */
export const openSessionByProvider = act({
  name: "sessions.open-by-provider",
  asks: z.strictObject({
    issuer: text,
    subject: text,
    email: text.nullable(),
    name: z.string().max(1_000),
    role: z.enum(roles).nullable(),
  }),
  needs: "sign-in",
  answers: openedSessionAnswer,
  async run(identity, _: Actor, { identities }: Pick<DeskPorts, "identities">): Promise<Opened> {
    const session = newSecret();
    const person = await identities.openFor(identity, secretHash(session));
    if (person) return { ...person, session };
    throw new PostriderError("forbidden", "You are signed in there, but have no role here", {
      hint: "Ask an admin to put you into a group of `console.oidc.roles`, or to add you with your email address.",
    });
  },
  document: (answer) => answer,
  after: ({ name, role }) => ({ person: name, role }),
});

/** What is asked was verified: the passkey has signed a challenge of ours. */
export const openSessionByPasskey = act({
  name: "sessions.open-by-passkey",
  asks: z.strictObject({ passkey: text, counter: z.int().min(0) }),
  needs: "sign-in",
  answers: openedSessionAnswer,
  async run({ passkey, counter }, _: Actor, { passkeys }: Pick<DeskPorts, "passkeys">): Promise<Opened> {
    const session = newSecret();
    const person = await passkeys.open(passkey, counter, secretHash(session));
    if (person) return { ...person, session };
    throw new PostriderError("unauthorized", "This passkey can't be used", {
      hint: "Sign in in another way, and add it again.",
    });
  },
  document: (answer) => answer,
  after: ({ name, role }) => ({ person: name, role }),
});

/** For the person who is signed in. What is asked was verified. */
export const addPasskey = act({
  name: "passkeys.add",
  asks: z.strictObject({
    person: nameAsked,
    passkey: text,
    publicKey: z.instanceof(Uint8Array<ArrayBuffer>),
    counter: z.int().min(0),
    transports: z.array(text).max(10),
  }),
  needs: "sign-in",
  answers: passkeyAnswer,
  async run(
    { passkey: id, ...rest },
    actor: Actor,
    { passkeys }: Pick<DeskPorts, "passkeys">,
  ): Promise<{ id: string }> {
    await passkeys.add({ id, ...rest }, actor.name);
    return { id };
  },
  document: (answer) => answer,
});

export const listPasskeys = act({
  name: "passkeys.list",
  looks: true,
  asks: z.strictObject({ person: nameAsked }),
  needs: ["admin", "sign-in"],
  answers: passkeysAnswer,
  async run(
    { person },
    _: Actor,
    { passkeys, people }: Pick<DeskPorts, "passkeys" | "people">,
  ): Promise<{ passkeys: Passkey[] }> {
    if (!(await people.find(person))) throw await unknownPerson(person, people);
    return { passkeys: await passkeys.list(person) };
  },
  document: ({ passkeys }) => ({
    items: passkeys.map(({ id, createdAt, lastUsedAt }) => ({ id, createdAt, lastUsedAt })),
    next: null,
  }),
});

/** An admin may remove those of others, for example of a device that was lost. */
export const removePasskey = act({
  name: "passkeys.remove",
  asks: z.strictObject({ person: nameAsked, passkey: text }),
  needs: ["admin", "sign-in"],
  answers: removedPasskeyAnswer,
  async run({ person, passkey }, actor: Actor, { passkeys }: Pick<DeskPorts, "passkeys">): Promise<{ removed: true }> {
    if (await passkeys.remove(person, passkey, actor.name)) return { removed: true };
    throw new PostriderError("not_found", `${person} has no such passkey`, {
      hint: "`postrider people passkeys NAME` lists them.",
    });
  },
  document: (answer) => answer,
});
