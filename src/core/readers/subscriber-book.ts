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

/** The people on the lists. Only `resubscribe` adds somebody who unsubscribed or was forgotten, and it needs a proof. */
export interface SubscriberBook {
  /**
   * Adds people as confirmed. People who are already on the list, in any state, are not changed. Forgotten people are
   * left out, and nothing about them is stored.
   */
  add(
    people: readonly NewSubscriber[],
    options: { list: string; source: string },
  ): Promise<{ added: number; known: number; forgotten: number }>;
  /** Subscribes somebody who asked for it, even after unsubscribing or being forgotten. Complaints and bounces still suppress. */
  resubscribe(person: NewSubscriber, proof: Resubscription): Promise<Resubscribed>;
  find(address: string): Promise<Subscriber | null>;
  /** Sets attributes of a person. Existing attributes with the same names are replaced. @throws PostriderError `not_found`, `invalid` */
  describe(address: string, attributes: Attributes): Promise<void>;
  /** One row for each subscription, with constant memory. */
  export(list?: string): AsyncGenerator<SubscriptionRow, void>;
  /** Ends one subscription, or all of them. Returns how many. */
  unsubscribe(address: string, list?: string): Promise<number>;
  /** Erases the person and keeps a suppressed hash. Returns whether they were known. */
  forget(address: string): Promise<boolean>;
  lists(): Promise<ListCounts[]>;
  listNames(): Promise<string[]>;
  /** With constant memory, in the order of joining. @throws PostriderError `not_found` for an unknown list */
  list(wanted: { list?: string; state?: SubscriptionState | "suppressed" }): AsyncGenerator<ListedSubscriber, void>;
  /** The attributes that no reader has, with all existing attributes; none if no reader has attributes. */
  missingAttributes(names: readonly string[]): Promise<{ missing: string[]; known: string[] }>;
  /** Removes a list with its subscriptions, but not the people. `null` if there is no such list. */
  removeList(name: string, actor: string): Promise<RemovedList | null>;
}

export interface Resubscription {
  list: string;
  /** How they asked for it; recorded as proof. */
  consent: string;
  actor: string;
}

export interface Resubscribed {
  /** Their previous state; `null` if they were not on the list. */
  was: SubscriptionState | null;
  /** The person had been forgotten, and only a hash was left. */
  forgotten: boolean;
  /** Why they still get no email; empty: they get it. */
  suppressions: { reason: SuppressionReason; list: string | null; since: Date }[];
}

export interface ListCounts {
  name: string;
  title: string;
  confirmed: number;
  /** How many of the confirmed people get no email. */
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
  /** Why they get no email, independent of their state; `null` if they are not suppressed. */
  suppressed: SuppressionReason | null;
}

/** What was removed with a list. */
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

/** Why and by whom a suppression is added or lifted, and for which list; without a list, for all. */
export interface SuppressionChange {
  reason: string;
  actor: string;
  list?: string;
}

/** Addresses that get no email, independent of the lists. */
export interface SuppressionBook {
  /** Returns whether the suppression is new. */
  add(address: string, change: SuppressionChange): Promise<boolean>;
  /** Lifts suppressions by bounces, complaints and operators, but not of people who unsubscribed or were forgotten. Returns how many. */
  lift(address: string, change: SuppressionChange): Promise<number>;
  /** With constant memory, oldest first. */
  list(list?: string): AsyncGenerator<Suppression, void>;
  /** Records who received a post from another service. Returns how many are new. */
  received(postId: string, addresses: readonly string[], source: string): Promise<number>;
}
