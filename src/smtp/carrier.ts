/** What accepts a finished email from us: a relay, a provider's API, a program. */

import type { Receipt } from "#core/sending/delivery.ts";

export interface Carrier extends AsyncDisposable {
  /**
   * @param from - whom bounces go to.
   * @throws DeliveryError
   */
  send(from: string, address: string, message: Buffer, signal: AbortSignal): Promise<Receipt>;
  /** Whether it would take mails of ours, without giving it one. @throws DeliveryError */
  check(signal: AbortSignal): Promise<void>;
}
