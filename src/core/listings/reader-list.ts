/** Subscribers, suppressions and bounces in lists. */

import type { Attributes } from "#core/readers/attributes.ts";
import type { BounceKind } from "#core/readers/bounce.ts";
import type { Subscriber, SubscriptionState, Suppression, SuppressionReason } from "#core/readers/subscriber.ts";
import type { SuppressionChange } from "#core/readers/subscriber-book.ts";
import type { Found, Slice } from "./page.ts";

export interface SubscriberFilter {
  list?: string | undefined;
  /** On the list, or on any. `suppressed`: confirmed, but gets no email. */
  state?: SubscriptionState | "suppressed" | undefined;
  /** An expression. */
  segment?: string | undefined;
  /** The beginning of the address. */
  address?: string | undefined;
}

export interface ListedReader {
  id: string;
  address: string;
  name: string | null;
  language: string | null;
  attributes: Attributes;
  createdAt: Date;
  lists: { name: string; state: SubscriptionState; since: Date }[];
  /** Why they get no email from any list; `null` if they are not suppressed. */
  suppressed: SuppressionReason | null;
}

export interface ListedSuppression extends Suppression {
  id: string;
}

export interface ListedBounce {
  id: string;
  at: Date;
  kind: BounceKind;
  /** Whether it counts towards a suppression. */
  counts: boolean;
  /** Enhanced status code (RFC 3463). */
  status: string | null;
  source: string;
  why: string;
  diagnostic: string | null;
  effect: "suppressed" | "counted" | "noted" | "unsubscribed";
  /** The delivery that came back. */
  delivery: string | null;
  /** The reader's id; `null` if nobody, or somebody forgotten. */
  subscriber: string | null;
}

export interface ReaderList {
  page(filter: SubscriberFilter, slice: Slice): Promise<Found<ListedReader>>;
  /** @throws PostriderError `not_found` */
  show(id: string): Promise<Subscriber>;
}

export interface SuppressionList {
  page(
    filter: { list?: string | undefined; reason?: SuppressionReason | undefined },
    slice: Slice,
  ): Promise<Found<ListedSuppression>>;
  /** Returns what was lifted. @throws PostriderError `not_found`; `conflict` for a person's own decision */
  lift(id: string, change: Omit<SuppressionChange, "list">): Promise<ListedSuppression>;
}

export interface BounceFilter {
  kind?: BounceKind | undefined;
  /** A subscriber's id. */
  subscriber?: string | undefined;
  /** A delivery's id. */
  delivery?: string | undefined;
}

export interface BounceList {
  page(filter: BounceFilter, slice: Slice): Promise<Found<ListedBounce>>;
}
