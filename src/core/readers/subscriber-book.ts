/** The operator's actions on subscribers and suppressions, as interfaces; the store implements them. */

import type { Attributes } from "./attributes.ts";
import type {
  Frequency,
  NewSubscriber,
  Subscriber,
  SubscriptionState,
  Suppression,
  SuppressionReason,
} from "./subscriber.ts";

/** Who is on which list. Only `resubscribe` brings back somebody who left or was forgotten, and it needs a proof. */
export interface SubscriberBook {
  /**
   * Adds people as confirmed. Who is on the list already, in whatever state, is left as they are; who was forgotten is left out,
   * and nothing of them is kept.
   */
  add(
    people: readonly NewSubscriber[],
    options: { list: string; source: string },
  ): Promise<{ added: number; known: number; forgotten: number }>;
  /** Puts somebody on a list who asked for it: also who left, or was forgotten. Complaints and bounces still suppress. */
  resubscribe(person: NewSubscriber, proof: Resubscription): Promise<Resubscribed>;
  find(address: string): Promise<Subscriber | null>;
  /** Adds what is known of a person, in place of what was known under the same names. @throws PostriderError `not_found`, `invalid` */
  describe(address: string, attributes: Attributes): Promise<void>;
  /** One row for each subscription, with constant memory. */
  export(list?: string): AsyncGenerator<SubscriptionRow, void>;
  /** Ends one subscription, or all of them. Returns how many. */
  unsubscribe(address: string, list?: string): Promise<number>;
  /** Erases the person and keeps a hash that no mail may go to. Returns whether they were known. */
  forget(address: string): Promise<boolean>;
  lists(): Promise<ListCounts[]>;
  listNames(): Promise<string[]>;
  /** In flat memory, in the order in which they came. @throws PostriderError `not_found` for a list that is not there */
  list(wanted: { list?: string; state?: SubscriptionState | "suppressed" }): AsyncGenerator<ListedSubscriber, void>;
  /** Those that no reader has, with all that readers have; none where nobody has any. */
  missingAttributes(names: readonly string[]): Promise<{ missing: string[]; known: string[] }>;
  /** Removes a list with its subscriptions; the people stay known. `null`: there is no such list. */
  removeList(name: string, actor: string): Promise<RemovedList | null>;
}

export interface Resubscription {
  list: string;
  /** How they said that they want it; kept as proof. */
  consent: string;
  actor: string;
}

export interface Resubscribed {
  /** `null`: they were not on the list. */
  was: SubscriptionState | null;
  /** Of the whole person: nothing but a hash was left of them. */
  forgotten: boolean;
  /** Why they still get no mail; empty: they get it. */
  suppressions: { reason: SuppressionReason; list: string | null; since: Date }[];
}

export interface ListCounts {
  name: string;
  title: string;
  confirmed: number;
  /** Of the confirmed: who gets no mail all the same. */
  suppressed: number;
  unconfirmed: number;
  unsubscribed: number;
}

export interface ListedSubscriber {
  address: string;
  name: string;
  list: string;
  state: SubscriptionState;
  since: Date;
  /** Why they get no mail, whatever their state; `null`: nothing suppresses it. */
  suppressed: SuppressionReason | null;
}

/** What went with a list. */
export interface RemovedList {
  subscriptions: number;
  suppressions: number;
}

export interface SubscriptionRow {
  address: string;
  name: string;
  list: string;
  state: string;
  since: Date;
  source: string;
  language: string;
  frequency: Frequency;
  attributes: Attributes;
}

/** Why a suppression is made or lifted, by whom, and for which list: absent, everywhere. */
export interface SuppressionChange {
  reason: string;
  actor: string;
  list?: string;
}

/** Whom no mail may reach, whatever the lists say. */
export interface SuppressionBook {
  /** Returns whether it is new. */
  add(address: string, change: SuppressionChange): Promise<boolean>;
  /** Takes back what bounces, complaints and operators brought about; who left or was forgotten stays so. Returns how many. */
  lift(address: string, change: SuppressionChange): Promise<number>;
  /** In flat memory, the oldest first. */
  list(list?: string): AsyncGenerator<Suppression, void>;
  /** Notes who had a post from elsewhere. Returns how many are new. */
  received(postId: string, addresses: readonly string[], source: string): Promise<number>;
}
