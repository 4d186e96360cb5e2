/** What the operator does with subscribers and suppressions, as interfaces; the store brings the real ones. */

import type { Attributes } from "./attributes.ts";
import type { Frequency, NewSubscriber, Subscriber, Suppression } from "./subscriber.ts";

/** Who is on which list. Nothing in it revives somebody who left. */
export interface SubscriberBook {
  /** Adds people as confirmed; who is on the list already, in whatever state, is left as they are. */
  add(
    people: readonly NewSubscriber[],
    options: { list: string; source: string },
  ): Promise<{ added: number; known: number }>;
  find(address: string): Promise<Subscriber | null>;
  /** Adds what is known of a person, in place of what was known under the same names. @throws PostriderError `not_found`, `invalid` */
  describe(address: string, attributes: Attributes): Promise<void>;
  /** One row for each subscription, in flat memory. */
  export(list?: string): AsyncGenerator<SubscriptionRow, void>;
  /** Ends one subscription, or all of them. Returns how many. */
  unsubscribe(address: string, list?: string): Promise<number>;
  /** Erases the person and keeps a hash that no mail may go to. Returns whether they were known. */
  forget(address: string): Promise<boolean>;
  lists(): Promise<{ name: string; title: string; confirmed: number }[]>;
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
