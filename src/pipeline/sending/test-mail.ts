/** Sends one test email. It is not recorded in the ledger and does not use the subscribers. */

import { randomUUID } from "node:crypto";
import type { EmailRecipient, Envelope, Transport } from "#core/adapter.ts";
import type { SendingPorts } from "#core/ports/sending-ports.ts";
import type { Receipt } from "#core/sending/delivery.ts";
import { sha256 } from "#core/sending/idempotency.ts";

export type TestMailPorts = Pick<SendingPorts, "transport" | "links" | "clock">;

export interface TestMail {
  channel: string;
  list: string;
  mail: Envelope<"email">["rendition"];
}

/** @throws DeliveryError */
export async function sendTestMail(
  { channel, list, mail }: TestMail,
  address: string,
  { transport, links, clock }: TestMailPorts,
  signal: AbortSignal,
): Promise<Receipt> {
  const recipient: EmailRecipient = {
    address,
    list: { name: list, title: list },
    // The link belongs to no subscriber: a click on it in a test email unsubscribes nobody.
    ...links("test", list, channel),
    viewUrl: mail.url,
  };
  // Each test gets a new id: mailbox providers drop a second email with the same id.
  const envelope: Envelope<"email"> = {
    key: sha256(randomUUID()),
    rendition: mail,
    recipient,
    publishedAt: clock.now(),
  };
  return ((await transport(channel)) as Transport<"email">).send(envelope, signal);
}
