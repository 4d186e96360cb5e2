/**
 * One publication to one channel to one recipient: a row of the ledger, its states and the allowed changes of state.
 */

/**
 * - `pending`: to be sent.
 * - `sending`: committed just before the first byte that the other side could act on.
 * - `retrying`: refused for now, due again at a known time.
 * - `accepted`: the other side took responsibility. It does not mean that anybody read it.
 * - `refused`: the other side refused it, or deferred it until we gave up.
 * - `uncertain`: may have been accepted: the connection or the process was lost after the body was sent.
 * - `suppressed`: must not be sent to this recipient.
 * - `cancelled`: cancelled before it was sent.
 */
export const deliveryStates = [
  "pending",
  "sending",
  "retrying",
  "accepted",
  "refused",
  "uncertain",
  "suppressed",
  "cancelled",
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** The number of deliveries in each state. Every state has an entry, also if it is 0. */
export type Counts = Record<DeliveryState, number>;

export function noCounts(): Counts {
  return Object.fromEntries(deliveryStates.map((state) => [state, 0])) as Counts;
}

/** Whether a delivery in this state changes only if an operator acts. */
export function isSettled(state: DeliveryState): boolean {
  return state !== "pending" && state !== "sending" && state !== "retrying";
}

/** The other side's proof of acceptance. */
export interface Receipt {
  /** The id that the other side gave: an SMTP queue id, a status id, a file path. */
  remoteId?: string;
  /** The address of the published copy. */
  url?: string;
  /** The answer, shortened and without secrets. */
  response?: string;
  /** The further parts of a thread, in order. */
  parts?: Receipt[];
  /** The other side accepted this, but asked to wait: the whole channel waits for this number of milliseconds. */
  pauseMs?: number;
}

/** Why a delivery was not accepted. This is expected, and therefore data; adapters throw it in a `DeliveryError`. */
export interface Failure {
  /**
   * - `temporary`: try again later.
   * - `throttled`: asked to slow down; waiting does not count as a try.
   * - `permanent`: another try would also fail.
   * - `uncertain`: may have been accepted; never tried again automatically.
   */
  kind: "temporary" | "throttled" | "permanent" | "uncertain";
  /** `recipient`: only this delivery. `channel`: every delivery would fail in the same way (relay down, wrong password), so it is reported once. */
  scope: "recipient" | "channel";
  /** The adapter's stable name for it: `EAUTH`, `550`, `http-429`. */
  code: string;
  /** For people: what happened and what to do. No secrets, no address. At most 500 characters. */
  message: string;
  /** SMTP or HTTP status, when there was one. */
  status?: number;
  /** RFC 3463: `5.1.1`. Distinguishes an unknown recipient from a policy against the sender. */
  enhanced?: string;
  /** Milliseconds that the other side asked us to wait. */
  retryAfter?: number;
}

/** Thrown by an adapter if a delivery failed. Any other error counts as `uncertain`. */
export class DeliveryError extends Error {
  override readonly name = "DeliveryError";
  readonly failure: Failure;
  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options);
    this.failure = failure;
  }
}
