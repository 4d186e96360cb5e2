/** The numbers for monitoring. */

import type { DeliveryState } from "./delivery.ts";

export interface Measured {
  /** All that the ledger has ever held. */
  deliveries: { channel: string; state: DeliveryState; count: number }[];
  /** Channels with something still to send. */
  channels: {
    channel: string;
    /** Publications that an operator or a rule holds. */
    paused: number;
    /** Publications that failed as a whole and wait for the operator. */
    stalled: number;
    /** For how long the oldest delivery that is due has been waiting. 0: none is. */
    lateSeconds: number;
  }[];
}
