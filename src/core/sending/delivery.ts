/**
 * One publication to one channel to one recipient: a row of the ledger, its states and the allowed changes of state.
 */

/**
 * - `pending`: to be sent.
 * - `sending`: committed just before the first byte that the other side could act on.
 * - `retrying`: refused for now, due again at a known time.
 * - `accepted`: the other side took responsibility. Not that anybody read it.
 * - `refused`: the other side said no, or said "later" until we gave up.
 * - `uncertain`: may have been accepted: the connection or the process was lost after the body went out.
 * - `suppressed`: never to be sent to this recipient.
 * - `cancelled`: withdrawn by the operator before it went.
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

/** Deliveries in each state. Every state is there, with 0 when none. */
export type Counts = Record<DeliveryState, number>;

export function noCounts(): Counts {
  return Object.fromEntries(deliveryStates.map((state) => [state, 0])) as Counts;
}

/** Nothing more will happen to these without an operator. */
export function isSettled(state: DeliveryState): boolean {
  return state !== "pending" && state !== "sending" && state !== "retrying";
}

/** Proof of acceptance, as the other side gave it. */
export interface Receipt {
  /** The other side's name for it: an SMTP queue id, a status id, a file path. */
  remoteId?: string;
  /** Where a person can look at it. */
  url?: string;
  /** What it answered, shortened, without secrets. */
  response?: string;
  /** The further parts of a thread, in order. */
  parts?: Receipt[];
  /** Milliseconds that the other side wants nothing more for, though it took this: the whole channel waits. */
  pauseMs?: number;
}

/** Why a delivery was not accepted. Expected, therefore data; adapters throw it wrapped in `DeliveryError`. */
export interface Failure {
  /**
   * - `temporary`: try again later.
   * - `throttled`: asked to slow down; waiting costs no attempt.
   * - `permanent`: will not change by trying again.
   * - `uncertain`: may have been accepted; never tried again by itself.
   */
  kind: "temporary" | "throttled" | "permanent" | "uncertain";
  /** `recipient`: only this delivery. `channel`: every delivery would fare the same (relay down, wrong password): told once. */
  scope: "recipient" | "channel";
  /** The adapter's stable name for it: `EAUTH`, `550`, `http-429`. */
  code: string;
  /** For people: what happened and the next move. No secrets, no address. At most 500 characters. */
  message: string;
  /** SMTP or HTTP status, when there was one. */
  status?: number;
  /** RFC 3463: `5.1.1`. Tells an unknown recipient from a policy against the sender. */
  enhanced?: string;
  /** Milliseconds that the other side asked us to wait. */
  retryAfter?: number;
}

/** How an adapter says that a delivery failed. Anything else that it throws counts as `uncertain`: the honest guess. */
export class DeliveryError extends Error {
  override readonly name = "DeliveryError";
  readonly failure: Failure;
  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options);
    this.failure = failure;
  }
}
