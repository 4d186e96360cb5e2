/** The recipient's own links. */

import { plainList } from "#config/site/lists.ts";
import type { SendingPorts } from "#core/ports/sending-ports.ts";
import type { Channel } from "#core/publishing/publication.ts";
import { archiveName } from "#core/readers/archive.ts";
import type { LetterLinks } from "#core/readers/letter.ts";
import { letterLifeMs } from "#core/readers/letter.ts";
import { signToken } from "#core/readers/token.ts";
import type { Tracking } from "#pipeline/renditions/tracking.ts";
import { channelsNamed, type SiteContext } from "./site.ts";

/** From the mail's date, so that a second try has the same bytes. Leaving works for ever. */
const preferencesLifeMs = 90 * 24 * 3600_000;

/** As many digits of the delivery's key as find it again. */
const seenDigits = 20;

/** Where a reader leaves: a page of ours when `server.url` is set, otherwise a mail to the sender. */
export function linksFor(site: SiteContext, secret: string): SendingPorts["links"] {
  const { serverUrl } = site.config;
  return (recipient, list, channel, mail) => {
    if (!serverUrl) return { unsubscribeUrl: unsubscribeByMail(channelsNamed(site, [channel], { dummies: true })[0]) };
    const unsubscribeUrl = `${serverUrl}/unsubscribe/${signToken(secret, "unsubscribe", [recipient, list])}`;
    if (!mail) return { unsubscribeUrl };
    const until = new Date(mail.publishedAt.getTime() + preferencesLifeMs);
    return {
      unsubscribeUrl,
      preferencesUrl: `${serverUrl}/preferences/${signToken(secret, "preferences", [recipient, list], until)}`,
      ...viewLink(site, secret, mail.postId, list),
      ...(site.config.lists[list]?.tracking && { seenBy: signToken(secret, "seen", [mail.key.slice(0, seenDigits)]) }),
    };
  };
}

/** How opens and clicks of a list's mails are seen. */
export function trackingFor({ config }: SiteContext, secret: string): (list: string) => Tracking | null {
  const { serverUrl } = config;
  return (list) =>
    serverUrl && config.lists[list]?.tracking
      ? { baseUrl: serverUrl, sign: (url) => signToken(secret, "click", [url]) }
      : null;
}

/** The mail in the archive; where its list has none, the permalink stays. */
function viewLink(site: SiteContext, secret: string, postId: string, list: string): { viewUrl?: string } {
  const { url, onWeb } = archivePlace(site, postId, list);
  if (url) return { viewUrl: url };
  return onWeb ? { viewUrl: `${site.config.serverUrl}/archive/${signToken(secret, "view", [postId, list])}` } : {};
}

/** Whether a mail to a list is in the archive, and its address there where everybody may know it. */
export function archivePlace({ config }: SiteContext, postId: string, list: string): { url?: string; onWeb: boolean } {
  const { archive } = config.lists[list] ?? plainList;
  if (!config.serverUrl || archive === "none") return { onWeb: false };
  if (archive === "unlisted") return { onWeb: true };
  return { url: `${config.serverUrl}/archive/${encodeURIComponent(archiveName(postId))}`, onWeb: true };
}

/** The links of a mail about a subscription: its button goes where nobody gets without it. */
export function letterLinksFor(site: SiteContext, secret: string): LetterLinks {
  const base = serverAddress(site);
  return ({ id, kind, recipient, lists, createdAt }) => {
    const list = lists[0]?.name ?? "";
    const until = new Date(createdAt.getTime() + letterLifeMs[kind]);
    const of = (path: string, token: string): string => `${base}/${path}/${token}`;
    return {
      unsubscribeUrl: of("unsubscribe", signToken(secret, "unsubscribe", [recipient, list])),
      ...(kind === "confirm" && { confirmUrl: of("confirm", signToken(secret, "confirm", [recipient, id], until)) }),
      ...(kind === "data" && { confirmUrl: of("preferences", signToken(secret, "data", [recipient, list], until)) }),
      ...(kind === "welcome" && {
        preferencesUrl: of("preferences", signToken(secret, "preferences", [recipient, list], until)),
      }),
    };
  };
}

/** Without a public address it is for people on this machine. */
function serverAddress({ config: { serverUrl, listen } }: SiteContext): string {
  return serverUrl ?? `http://${listen.host}:${listen.port}`;
}

export function unsubscribeByMail(channel: Channel | undefined): string {
  const { replyTo, from } = (channel?.config ?? {}) as { replyTo?: string; from?: string };
  const sender = replyTo ?? from ?? "";
  return `mailto:${/<([^<>]+)>/.exec(sender)?.[1] ?? sender}?subject=unsubscribe`;
}
