/** Sends one mail of an edition to somebody who looks at it first. */

import { randomUUID } from "node:crypto";
import type { EmailRecipient, Envelope, Transport } from "#core/adapter.ts";
import type { SendingPorts } from "#core/ports/sending-ports.ts";
import { sha256 } from "#core/sending/idempotency.ts";

const patienceMs = 60_000;

/** The ledger never learns of it, and whoever leaves by its link leaves nothing. */
export async function sendTestMail(
  { transport, links, clock }: SendingPorts,
  channel: string,
  mail: Envelope<"email">["rendition"],
  list: string,
  address: string,
): Promise<void> {
  const recipient: EmailRecipient = {
    address,
    list: { name: list, title: list },
    ...links("test", list, channel),
    viewUrl: mail.url,
  };
  const opened = (await transport(channel)) as Transport<"email">;
  // Each test is a mail of its own: a fixed id would make mailbox providers drop the second one.
  const envelope: Envelope<"email"> = {
    key: sha256(randomUUID()),
    rendition: mail,
    recipient,
    publishedAt: clock.now(),
  };
  await opened.send(envelope, AbortSignal.timeout(patienceMs));
}
