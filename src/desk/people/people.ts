/** The people who work with the site, and their roles. */

import { z } from "zod";
import { PostriderError } from "#core/errors.ts";
import { pageOf } from "#core/listings/page.ts";
import { permissionsOf, type Role, roles } from "#core/people/permission.ts";
import type { Person, PersonLimits } from "#core/people/person.ts";
import { suggestion } from "#core/spelling.ts";
import { type Actor, act } from "../act.ts";
import {
  limitsAnswer,
  peopleAnswer,
  person,
  personAnswer,
  removedPersonAnswer,
  roleAnswer,
} from "../answers/people.ts";
import { listing } from "../listing.ts";
import type { DeskPorts } from "../ports.ts";
import { requireAddress } from "../readers/address.ts";
import {
  knownLimits,
  type LimitPorts,
  limitsAsked,
  nameAsked,
  requireName,
  requireOwnPermissions,
} from "./granting.ts";

type PeoplePorts = Pick<DeskPorts, "people">;

export const listPeople = act({
  name: "people.list",
  looks: true,
  asks: z.strictObject({}),
  needs: "admin",
  answers: peopleAnswer,
  run: async (_, __: Actor, { people }: PeoplePorts): Promise<{ people: Person[] }> => ({
    people: await people.list(),
  }),
  document: ({ people }) => ({ items: people, next: null }),
});

/** In the order in which they were added. */
export const pagePeople = listing({
  list: "people",
  needs: "admin",
  filter: { role: z.enum(roles).optional() },
  item: person,
  keys: /^[^\0]{1,400}$/,
  async find({ role }, slice, { people }: PeoplePorts) {
    const all = (await people.list()).filter((each) => role === undefined || each.role === role);
    return pageOf(all, slice, ({ name }) => name);
  },
});

export const addPerson = act({
  name: "people.add",
  asks: z.strictObject({
    person: nameAsked,
    role: z.enum(roles).default("viewer"),
    email: z.string().optional(),
    ...limitsAsked,
  }),
  needs: "admin",
  answers: personAnswer,
  async run(
    { person: name, role, email, ...limits },
    actor: Actor,
    ports: PeoplePorts & LimitPorts,
  ): Promise<{ person: Person }> {
    requireName(name);
    if (email !== undefined) requireAddress(email);
    requireOwnPermissions(actor, permissionsOf[role]);
    const added = { name, role, email: email?.trim() ?? null, ...(await knownLimits(limits, ports)) };
    return { person: await ports.people.add(added, actor.name) };
  },
  document: (answer) => answer,
});

export interface RoleAnswer {
  name: string;
  role: Role;
  /** The role before. */
  was: Role;
}

/** A role with fewer permissions ends their sessions: they sign in again. */
export const setRole = act({
  name: "people.role",
  asks: z.strictObject({ person: nameAsked, role: z.enum(roles) }),
  needs: "admin",
  answers: roleAnswer,
  async run({ person: name, role }, actor: Actor, { people }: PeoplePorts): Promise<RoleAnswer> {
    requireOwnPermissions(actor, permissionsOf[role]);
    const was = await people.setRole(name, role, actor.name);
    if (!was) throw await unknownPerson(name, people);
    return { name, role, was };
  },
  document: (answer) => answer,
  before: async ({ person }, { people }: PeoplePorts) => roleIn(await people.find(person)),
  after: ({ role }: RoleAnswer) => ({ role }),
});

const limit = z.array(z.string().min(1)).min(1).nullable().optional();

export interface LimitsAnswer extends PersonLimits {
  name: string;
  /** The limits before. */
  was: PersonLimits;
}

/** Their sessions end if they lose a channel or a list: they sign in again. */
export const setLimits = act({
  name: "people.limits",
  asks: z
    .strictObject({
      person: nameAsked,
      channels: limit.describe("Names of channels; null: all. Absent: as before"),
      lists: limit.describe("Names of lists; null: all. Absent: as before"),
    })
    .meta({ examples: [{ channels: ["mastodon"] }] }),
  needs: "admin",
  answers: limitsAnswer,
  async run(
    { person: name, channels, lists }: { person: string; channels?: string[] | null; lists?: string[] | null },
    actor: Actor,
    ports: PeoplePorts & LimitPorts,
  ): Promise<LimitsAnswer> {
    if (channels === undefined && lists === undefined)
      throw new PostriderError("invalid", "Name channels or lists", { hint: "null means all of them." });
    const known = await knownLimits({ channels: channels ?? undefined, lists: lists ?? undefined }, ports);
    const wanted = {
      ...(channels !== undefined && { channels: known.channels }),
      ...(lists !== undefined && { lists: known.lists }),
    };
    const was = await ports.people.setLimits(name, wanted, actor.name);
    if (!was) throw await unknownPerson(name, ports.people);
    const before = { channels: was.channels, lists: was.lists };
    return { name, ...before, ...wanted, was: before };
  },
  document: (answer) => answer,
  before: async ({ person: name }, { people }: PeoplePorts) => {
    const known = await people.find(name);
    return known && { channels: known.channels, lists: known.lists };
  },
  after: ({ channels, lists }: LimitsAnswer) => ({ channels, lists }),
});

export const showPerson = act({
  name: "people.show",
  looks: true,
  asks: z.strictObject({ person: nameAsked }),
  needs: "admin",
  answers: person,
  async run({ person: name }, _: Actor, { people }: PeoplePorts): Promise<Person> {
    const found = await people.find(name);
    if (!found) throw await unknownPerson(name, people);
    return found;
  },
  document: (answer) => answer,
});

/** Also ends their sessions. Their tokens stay valid, because programs use them. */
export const removePerson = act({
  name: "people.remove",
  asks: z.strictObject({ person: nameAsked }),
  needs: "admin",
  answers: removedPersonAnswer,
  async run(
    { person: name },
    actor: Actor,
    { people, tokens, clock }: Pick<DeskPorts, "people" | "tokens" | "clock">,
  ): Promise<{ name: string; tokens: string[] }> {
    if (!(await people.remove(name, actor.name))) throw await unknownPerson(name, people);
    const now = clock.now();
    const valid = (await tokens.list()).filter(
      ({ revokedAt, expiresAt, createdBy }) =>
        createdBy === `console:${name}` && !revokedAt && (!expiresAt || expiresAt > now),
    );
    return { name, tokens: valid.map((token) => token.name) };
  },
  document: ({ name, tokens }) => ({ name, removed: true as const, tokens }),
  before: async ({ person }, { people }: PeoplePorts) => roleIn(await people.find(person)),
});

/** @param hint - what to do if there is nobody with a similar name. */
export async function unknownPerson(
  name: string,
  people: Pick<DeskPorts["people"], "list">,
  hint?: string,
): Promise<PostriderError> {
  const known = (await people.list()).map((person) => person.name);
  const nearest = suggestion(name, known);
  return new PostriderError("not_found", `There is no person "${name}"${nearest && `; ${nearest}`}`, {
    hint: hint ?? (known.length > 0 ? `There are: ${known.join(", ")}.` : "`postrider people add` adds one."),
  });
}

function roleIn(person: Person | null): { role: Role } | null {
  return person && { role: person.role };
}
