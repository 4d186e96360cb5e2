/** Deliveries in lists, and everything that is known about one of them. */

import type { Medium } from "#core/renditions/rendition.ts";
import type { DeliveryState, Failure } from "#core/sending/delivery.ts";
import type { Found, Slice } from "./page.ts";

export interface DeliveryFilter {
  /** A publication's id. */
  campaign?: string | undefined;
  /** A post's id. */
  post?: string | undefined;
  channel?: string | undefined;
  state?: DeliveryState | undefined;
  /** The domain of the reader's address. */
  domain?: string | undefined;
  /** The code of the failure. */
  code?: string | undefined;
  /** A part of the failure's message. */
  text?: string | undefined;
  /** A subscriber's id. */
  subscriber?: string | undefined;
}

export interface ListedDelivery {
  id: string;
  /** The publication's id. */
  campaign: string;
  post: string;
  channel: string;
  medium: Medium;
  state: DeliveryState;
  attempts: number;
  /** The reader's id; `null` for a channel with one destination. */
  subscriber: string | null;
  /** The reader's address; `null` for a channel with one destination, and for forgotten people. */
  address: string | null;
  generation: number;
  createdAt: Date;
  dueAt: Date | null;
  /** When the intent to send was committed. */
  intentAt: Date | null;
  settledAt: Date | null;
  failure: Failure | null;
  remoteId: string | null;
  url: string | null;
}

/** One event in the history of a delivery. */
export interface DeliveryEvent {
  at: Date;
  kind: string;
  actor: string | null;
  data: Record<string, unknown>;
}

export interface ShownDelivery extends ListedDelivery {
  title: string;
  list: string | null;
  /** The idempotency key. The Message-ID of an email begins with it. */
  key: string;
  /** The other side's answer. */
  response: string | null;
  /** How often the network was asked about an uncertain delivery, and when it is asked again. */
  looks: number;
  lookAt: Date | null;
  events: DeliveryEvent[];
}

/** What an operator decided about an uncertain delivery. */
export type Verdict = "arrived" | "send-again" | "leave";

export interface DeliveryList {
  page(filter: DeliveryFilter, slice: Slice): Promise<Found<ListedDelivery>>;
  /** @throws PostriderError `not_found` */
  show(id: string): Promise<ShownDelivery>;
}
