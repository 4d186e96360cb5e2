/** The numbers for monitoring. */

import type { DeliveryState } from "./delivery.ts";

export interface Measured {
  /** All deliveries in the ledger. */
  deliveries: { channel: string; state: DeliveryState; count: number }[];
  /** Channels that still have something to send. */
  channels: {
    channel: string;
    /** Publications that an operator or a rule has paused. */
    paused: number;
    /** Publications whose channel has failed and that wait for the operator. */
    stalled: number;
    /** How long the oldest due delivery has been waiting. 0 if none is due. */
    lateSeconds: number;
  }[];
}
