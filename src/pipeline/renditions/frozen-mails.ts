/** The email that a publication sends on a channel. It is rendered once, so that all readers get the same. */

import type { SendingPorts } from "#core/ports/sending-ports.ts";
import type { ChannelPublication } from "#core/publishing/publication.ts";
import type { EmailRendition, Rendition } from "#core/renditions/rendition.ts";

export interface FrozenPorts extends Pick<SendingPorts, "ledger" | "render"> {
  mails: {
    find(publicationId: string, channel: string): Promise<EmailRendition | null>;
    keep(publicationId: string, channel: string, mail: EmailRendition): Promise<EmailRendition>;
  };
}

/** A process works on few campaigns at the same time. */
const mostRemembered = 20;

export function openFrozen(ports: FrozenPorts): SendingPorts["rendition"] {
  const remembered = new Map<string, Promise<Rendition>>();
  return (publication) => {
    const key = `${publication.publicationId}\n${publication.channel}`;
    const known = remembered.get(key);
    if (known) return known;
    const made = renditionOf(publication, ports);
    // A note or a feed item is sent once. A second try uses the current templates.
    if (publication.medium !== "email") return made;
    remembered.set(key, made);
    made.catch(() => remembered.delete(key));
    for (const oldest of [...remembered.keys()].slice(0, -mostRemembered)) remembered.delete(oldest);
    return made;
  };
}

async function renditionOf(
  publication: ChannelPublication,
  { ledger, render, mails }: FrozenPorts,
): Promise<Rendition> {
  const { publicationId, channel, postId, revision } = publication;
  const frozen = publication.medium === "email" ? await mails.find(publicationId, channel) : null;
  if (frozen) return frozen;
  const made = await render(await ledger.post(postId, revision), publication);
  return made.medium === "email" ? mails.keep(publicationId, channel, made) : made;
}
