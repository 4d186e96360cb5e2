/** The recipient's own links. */

import type { SendingPorts } from "#core/ports.ts";
import type { Channel } from "#core/publication.ts";
import { signToken } from "#core/token.ts";
import { channelsNamed, type SiteContext } from "./site.ts";

/** Where a reader leaves: a page of ours when `server.url` is set, otherwise a mail to the sender. */
export function linksFor(site: SiteContext, secret: string): SendingPorts["links"] {
  const { serverUrl } = site.config;
  return (recipient, list, channel) => ({
    unsubscribeUrl: serverUrl
      ? `${serverUrl}/unsubscribe/${signToken(secret, "unsubscribe", [recipient, list])}`
      : unsubscribeByMail(channelsNamed(site, [channel], { dummies: true })[0]),
  });
}

function unsubscribeByMail(channel: Channel | undefined): string {
  const { replyTo, from } = (channel?.config ?? {}) as { replyTo?: string; from?: string };
  const sender = replyTo ?? from ?? "";
  return `mailto:${/<([^<>]+)>/.exec(sender)?.[1] ?? sender}?subject=unsubscribe`;
}
