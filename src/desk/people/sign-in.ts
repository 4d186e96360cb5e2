/** Signing in to the console: a link that opens one session, and sessions. */

import { z } from "zod";
import { PostriderError } from "#core/errors.ts";
import { permissionsOf, roles } from "#core/people/permission.ts";
import type { Person } from "#core/people/person.ts";
import { isSecret, newSecret, secretHash } from "#core/people/secret.ts";
import { type Actor, act } from "../act.ts";
import {
  endedSessionAnswer,
  endedSessionsAnswer,
  foundSessionAnswer,
  linkAnswer,
  openedSessionAnswer,
} from "../answers/people.ts";
import type { DeskPorts } from "../ports.ts";
import { nameAsked, requireName, requireOwnPermissions } from "./granting.ts";
import { unknownPerson } from "./people.ts";

type SignInPorts = Pick<DeskPorts, "people" | "sessions" | "signInUrl">;
type SessionPorts = Pick<DeskPorts, "sessions">;

export interface LinkAnswer extends Person {
  url: string;
  /** The person is new. */
  created: boolean;
}

export const createSignInLink = act({
  name: "people.link",
  /** @param role - of a new person. */
  asks: z.strictObject({ person: nameAsked, role: z.enum(roles).optional() }),
  needs: "admin",
  answers: linkAnswer,
  async run({ person: name, role }, actor: Actor, { people, sessions, signInUrl }: SignInPorts): Promise<LinkAnswer> {
    const known = await people.find(name);
    if (!known && !role) throw await unknownPerson(name, people, "Add --role to create this person.");
    if (known && role && role !== known.role)
      throw new PostriderError("conflict", `${name} has the role ${known.role}`, {
        hint: `\`postrider people role\` changes it. Without --role, the link is for the role ${known.role}.`,
      });
    const wanted = known?.role ?? role ?? "viewer";
    // Whoever has the link can do what the person can do.
    requireOwnPermissions(actor, permissionsOf[wanted]);
    requireName(name);
    const nobody = { email: null, channels: null, lists: null };
    const person = known ?? (await people.add({ name, role: wanted, ...nobody }, actor.name));
    const secret = newSecret();
    await sessions.addLink(name, secretHash(secret), actor.name);
    return { ...person, url: signInUrl(secret), created: !known };
  },
  document: (answer) => answer,
  after: ({ role, created }: LinkAnswer) => ({ role, created }),
});

/** A link opens one session, also if two requests use it at the same moment. */
export const openSession = act({
  name: "sessions.open",
  /** @param link - the secret of the link. */
  asks: z.strictObject({ link: z.string() }),
  needs: "sign-in",
  answers: openedSessionAnswer,
  async run({ link }, _: Actor, { sessions }: SessionPorts): Promise<Person & { session: string }> {
    const session = newSecret();
    const person = isSecret(link) ? await sessions.open(secretHash(link), secretHash(session)) : null;
    if (person) return { ...person, session };
    throw new PostriderError("unauthorized", "This sign-in link does not work: it was used, or it is too old", {
      hint: "`postrider console link --as NAME` makes a new one.",
    });
  },
  document: (answer) => answer,
  after: ({ name, role }) => ({ person: name, role }),
});

/** Whose session it is: `null` if it has ended. The role is the one that they have now. */
export const findSession = act({
  name: "sessions.find",
  looks: true,
  /** @param session - its secret. */
  asks: z.strictObject({ session: z.string() }),
  needs: "sign-in",
  answers: foundSessionAnswer,
  run: async ({ session }, _: Actor, { sessions }: SessionPorts): Promise<{ person: Person | null }> => ({
    person: isSecret(session) ? await sessions.find(secretHash(session)) : null,
  }),
  document: (answer) => answer,
});

/** Signs out. */
export const endSession = act({
  name: "sessions.end",
  /** @param session - its secret. */
  asks: z.strictObject({ session: z.string() }),
  needs: "sign-in",
  answers: endedSessionAnswer,
  run: async ({ session }, _: Actor, { sessions }: SessionPorts): Promise<{ ended: boolean }> => ({
    ended: isSecret(session) && (await sessions.end(secretHash(session))),
  }),
  document: (answer) => answer,
  before: async ({ session }, { sessions }: SessionPorts) => ({
    person: isSecret(session) ? ((await sessions.find(secretHash(session)))?.name ?? null) : null,
  }),
});

/** Signs a person out everywhere. They can sign in again with a new link. */
export const endSessions = act({
  name: "people.sign-out",
  asks: z.strictObject({ person: nameAsked }),
  needs: "admin",
  answers: endedSessionsAnswer,
  async run(
    { person: name },
    actor: Actor,
    { people, sessions }: Pick<DeskPorts, "people" | "sessions">,
  ): Promise<{ name: string; ended: number }> {
    if (!(await people.find(name))) throw await unknownPerson(name, people);
    return { name, ended: await sessions.endAll(name, actor.name) };
  },
  document: (answer) => answer,
  after: ({ ended }) => ({ ended }),
});
