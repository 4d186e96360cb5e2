/** A person who works with the site, and the book of all of them. */

import type { Limits } from "./limits.ts";
import type { Role } from "./permission.ts";

export interface Person {
  name: string;
  role: Role;
  email: string | null;
  /** `null`: all. */
  channels: string[] | null;
  lists: string[] | null;
  createdBy: string;
  createdAt: Date;
}

export type NewPerson = Pick<Person, "name" | "role" | "email" | "channels" | "lists">;

export type PersonLimits = Pick<Person, "channels" | "lists">;

export interface PeopleBook {
  list(): Promise<Person[]>;
  find(name: string): Promise<Person | null>;
  /** @throws PostriderError `conflict` if the name or the email address is in use */
  add(person: NewPerson, actor: string): Promise<Person>;
  /** Ends their sessions if the new role may do less. Returns the role before; `null` if there is no such person. */
  setRole(name: string, role: Role, actor: string): Promise<Role | null>;
  /**
   * Ends their sessions if they lose a channel or a list. Returns the person as it was; `null` if there is none.
   * @param limits - `null`: all. What is absent stays.
   */
  setLimits(name: string, limits: Partial<PersonLimits>, actor: string): Promise<Person | null>;
  /** With their sessions and sign-in links. Returns whether there was such a person. */
  remove(name: string, actor: string): Promise<boolean>;
}

/** The limits of a person or a token as an actor has them; `undefined` if there are none. */
export function limitsOf({ channels, lists }: Pick<Person, "channels" | "lists">): Limits | undefined {
  if (!channels && !lists) return undefined;
  return { ...(channels && { channels }), ...(lists && { lists }) };
}

/** It is recorded as `console:<name>` or `api:<name>`, and stands in addresses. */
const shape = /^[\p{L}\p{N}](?:[\p{L}\p{N} ._@-]{0,58}[\p{L}\p{N}])?$/u;

/** Why this can't be the name of a person or a token; empty: it can. */
export function nameProblem(name: string): string {
  if (shape.test(name)) return "";
  return "use up to 60 letters, digits, spaces and . _ @ - between them";
}
