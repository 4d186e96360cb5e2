/** Who somebody is elsewhere: at an OpenID provider, or by a passkey. */

import type { Role } from "./permission.ts";
import type { Person } from "./person.ts";

/** What a provider says of somebody who has signed in there. */
export interface Identity {
  issuer: string;
  /** Never changes, unlike names and addresses. */
  subject: string;
  /** Only if the provider has verified it. */
  email: string | null;
  /** What they would like to be called. */
  name: string;
  /** By their groups; `null`: the groups say nothing. */
  role: Role | null;
}

export interface IdentityBook {
  /**
   * Opens a session. Whoever is not known yet is found by the address, or added with the role of their groups. A known
   * person gets the role that the groups have now. `null`: nobody knows them, and they have no role.
   */
  openFor(identity: Identity, sessionHash: string): Promise<Person | null>;
}

export interface Passkey {
  id: string;
  person: string;
  publicKey: Uint8Array<ArrayBuffer>;
  counter: number;
  transports: string[];
  createdAt: Date;
  lastUsedAt: Date | null;
}

export type NewPasskey = Pick<Passkey, "id" | "person" | "publicKey" | "counter" | "transports">;

export interface PasskeyBook {
  /** The oldest first. */
  list(person: string): Promise<Passkey[]>;
  find(id: string): Promise<Passkey | null>;
  /** @throws PostriderError `conflict` if somebody has it, `not_found` if there is no such person */
  add(passkey: NewPasskey, actor: string): Promise<void>;
  /** Returns whether the person had it. */
  remove(person: string, id: string, actor: string): Promise<boolean>;
  /** Opens a session, and keeps the counter. `null`: the passkey is gone, or is a copy. */
  open(id: string, counter: number, sessionHash: string): Promise<Person | null>;
  addChallenge(hash: string): Promise<void>;
  /** Whether it is one of ours that was not used yet. It can't be used again. */
  useChallenge(hash: string): Promise<boolean>;
}

/** How long a passkey may take to sign. */
export const challengeMinutes = 5;
