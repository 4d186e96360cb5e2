/** A mail for one recipient on its way, and where the next ones come from. */

import type { DeliveryError, Receipt } from "#core/sending/delivery.ts";
import type { Part } from "#smtp/message/mail.ts";

export interface OutgoingMail {
  from: string;
  to: string;
  parts: readonly Part[];
  /** Told before the first byte of the body goes out. */
  begin(): void;
  /** Told once. */
  settle(outcome: Receipt | DeliveryError): void;
}

export interface Supply {
  /** The next mail, or `null` when there is none. */
  take(): Promise<OutgoingMail | null>;
  /** Takes back a mail that was not begun, with the reason. */
  giveBack(mail: OutgoingMail, reason: DeliveryError): void;
}
