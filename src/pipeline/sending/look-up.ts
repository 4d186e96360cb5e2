/**
 * Settles uncertain deliveries by asking networks that allow it: a post that is found counts as accepted, a post that
 * is certainly missing is sent again.
 */

import { messageOf } from "#core/errors.ts";
import type { Log } from "#core/log.ts";
import type { PublicationLedger } from "#core/ports/deciding.ts";
import type { RecoveryLedger } from "#core/ports/sending.ts";
import type { SendingPorts } from "#core/ports/sending-ports.ts";
import { envelopeOf } from "./envelope.ts";

export interface LookupPorts extends Pick<SendingPorts, "rendition" | "transport" | "links"> {
  ledger: PublicationLedger & RecoveryLedger;
  log: Log;
}

/** A network that takes longer is asked again at a later sweep. */
const patienceMs = 30_000;

export async function lookUpUncertain(channel: string, ports: LookupPorts): Promise<void> {
  const { ledger, log } = ports;
  const due = await ledger.dueLookups(channel);
  if (due.length === 0) return;
  const transport = await ports.transport(channel).catch(() => null);
  if (!transport?.find) return;
  for (const delivery of due) {
    const publication = await ledger.channelPublication(delivery.publicationId, channel);
    if (!publication) continue;
    try {
      const envelope = envelopeOf(delivery, publication, await ports.rendition(publication), ports.links);
      const found = await transport.find(envelope, AbortSignal.timeout(patienceMs));
      if (await ledger.recordLookup(delivery, found))
        log.info(
          `${channel}: checked an uncertain delivery: ${found ? "it had been posted" : "it had not been posted"}`,
        );
    } catch (error) {
      log.warn(`${channel}: could not find out whether it was posted`, { error: messageOf(error) });
      await ledger.putOffLookup(delivery);
    }
  }
}
