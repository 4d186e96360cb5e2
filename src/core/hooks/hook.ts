/** Webhooks out: addresses that are told what happens, and the messages to them. */

import type { Found, Slice } from "#core/listings/page.ts";

/** What a webhook can be told, in the order of the guide. */
export const hookEvents = [
  "publication.created",
  "publication.rescheduled",
  "publication.finished",
  "post.withdrawn",
  "campaign.paused",
  "campaign.resumed",
  "campaign.cancelled",
  "campaign.stalled",
  "campaign.finished",
  "delivery.accepted",
  "delivery.retrying",
  "delivery.refused",
  "delivery.uncertain",
  "delivery.suppressed",
  "delivery.cancelled",
  "delivery.bounced",
  "delivery.complained",
  "subscriber.confirmed",
  "subscriber.unsubscribed",
  "subscriber.forgotten",
] as const;
export type HookEvent = (typeof hookEvents)[number];

/** As the configuration has it. */
export interface HookSettings {
  url: string;
  events: readonly HookEvent[];
  /** The first signs; the others are still valid, too. */
  secrets: readonly string[];
  ordered: boolean;
  /** The address may be in a private network. */
  private: boolean;
}

export const hookStates = ["on", "off", "removed"] as const;
export const messageStates = ["waiting", "sent", "given-up"] as const;
export type MessageState = (typeof messageStates)[number];

export interface Hook {
  id: string;
  url: string;
  events: string[];
  ordered: boolean;
  /** `off`: its receiver answered 410. `removed`: it is not in the configuration any more. */
  state: (typeof hookStates)[number];
  waiting: number;
  givenUp: number;
  lastSentAt: Date | null;
}

export interface HookAttempt {
  at: Date;
  /** `null`: no answer came. */
  status: number | null;
  error: string | null;
}

export interface HookMessage {
  id: string;
  webhook: string;
  event: string;
  at: Date;
  state: MessageState;
  /** `null`: it is not waiting. */
  nextTryAt: Date | null;
  /** The oldest first. */
  attempts: HookAttempt[];
}

/** A message for the process that sends it. */
export interface ClaimedMessage {
  number: string;
  id: string;
  event: string;
  at: Date;
  data: Readonly<Record<string, unknown>>;
  /** Attempts before this one, since it was written or replayed. */
  tries: number;
}

/** What came of an attempt. */
export interface HookOutcome {
  status: number | null;
  error: string | null;
  /** - `gone`: no message will be sent to this address any more. */
  next: "sent" | "given-up" | "gone" | { retryInMs: number };
}

/** What the sender needs. */
export interface HookOutbox {
  /** Messages of this address that are due. Nobody else gets them for a minute. */
  claim(url: string, most: number): Promise<ClaimedMessage[]>;
  attempted(message: ClaimedMessage, outcome: HookOutcome): Promise<void>;
}

/** What operators see and do. */
export interface HookBook {
  list(): Promise<Hook[]>;
  /** The newest first. */
  messages(
    filter: { webhook?: string | undefined; state?: MessageState | undefined; event?: HookEvent | undefined },
    slice: Slice,
  ): Promise<Found<HookMessage>>;
  /** `done`: it will be sent again now. Otherwise there is no such message, or its webhook is off or removed. */
  replay(id: string): Promise<{ done: boolean; message: HookMessage | null }>;
  /** Switches a webhook on again. `null`: there is none in the configuration with this id. */
  enable(id: string): Promise<Hook | null>;
}
