/** Sessions of people in the console, and the links that open them. */

import type { Person } from "./person.ts";

/** How long a sign-in link can be used. */
export const linkMinutes = 15;
/** A session ends after this time, and before if it was not used. */
export const sessionDays = 30;
export const idleDays = 7;

export interface SessionBook {
  /** @param hash - of the secret in the link. @throws PostriderError `not_found` if there is no such person */
  addLink(person: string, hash: string, actor: string): Promise<void>;
  /** Uses the link and opens a session, once, also for several requests at the same time. `null`: the link is unknown, used or too old. */
  open(linkHash: string, sessionHash: string): Promise<Person | null>;
  /** Whose session it is, with the role that they have now; `null` if it has ended. */
  find(sessionHash: string): Promise<Person | null>;
  /** Returns whether it was open. */
  end(sessionHash: string): Promise<boolean>;
  /** Ends all sessions of a person, and makes their sign-in links invalid. Returns how many sessions were open. */
  endAll(person: string, actor: string): Promise<number>;
}
