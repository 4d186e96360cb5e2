/** A rendition addressed to one recipient. Every try of a delivery gets the same envelope. */

import type { Envelope } from "#core/adapter.ts";
import type { Addressee } from "#core/ports/sending.ts";
import type { SendingPorts } from "#core/ports/sending-ports.ts";
import type { ChannelPublication } from "#core/publishing/publication.ts";
import type { Rendition } from "#core/renditions/rendition.ts";
import { deliveryKey } from "#core/sending/idempotency.ts";

export function envelopeOf(
  { recipient, generation, subscriber }: Addressee,
  { channel, postId, list, createdAt, scheduledFor }: ChannelPublication,
  rendition: Rendition,
  links: SendingPorts["links"],
): Envelope {
  const key = deliveryKey({ channel, postId, recipient, generation });
  const base = {
    key,
    rendition,
    publishedAt: scheduledFor ?? createdAt,
    ...(generation > 1 && { again: true as const }),
  };
  if (!subscriber) return { ...base, recipient: null };
  const name = list ?? channel;
  return {
    ...base,
    recipient: {
      ...subscriber,
      list: { name, title: name },
      viewUrl: rendition.url,
      ...links(recipient, name, channel, { postId, publishedAt: base.publishedAt, key }),
    },
  } as Envelope;
}
