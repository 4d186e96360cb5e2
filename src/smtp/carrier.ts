/** A service that accepts finished emails: a relay, a provider's API, or a program. */

import type { Receipt } from "#core/sending/delivery.ts";

export interface Carrier extends AsyncDisposable {
  /**
   * @param from - the envelope sender, which gets bounces.
   * @throws DeliveryError
   */
  send(from: string, address: string, message: Buffer, signal: AbortSignal): Promise<Receipt>;
  /** Checks that it accepts emails from us, without sending one. @throws DeliveryError */
  check(signal: AbortSignal): Promise<void>;
}
