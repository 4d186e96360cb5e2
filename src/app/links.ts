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

/** Counted from the email's date, so that a second try has the same bytes. Unsubscribe links never expire. */
const preferencesLifeMs = 90 * 24 * 3600_000;

/** Enough digits of the delivery's key to find the delivery. */
const seenDigits = 20;

/** The unsubscribe link: our page if `server.url` is set, otherwise an email to the sender. */
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

/** How opens and clicks of a list's emails are tracked. */
export function trackingFor({ config }: SiteContext, secret: string): (list: string) => Tracking | null {
  const { serverUrl } = config;
  return (list) =>
    serverUrl && config.lists[list]?.tracking
      ? { baseUrl: serverUrl, sign: (url) => signToken(secret, "click", [url]) }
      : null;
}

/** The email in the archive, or the permalink if its list has no archive. */
function viewLink(site: SiteContext, secret: string, postId: string, list: string): { viewUrl?: string } {
  const { url, onWeb } = archivePlace(site, postId, list);
  if (url) return { viewUrl: url };
  return onWeb ? { viewUrl: `${site.config.serverUrl}/archive/${signToken(secret, "view", [postId, list])}` } : {};
}

/** Whether an email to a list is in the archive, and its address if the archive is public. */
export function archivePlace({ config }: SiteContext, postId: string, list: string): { url?: string; onWeb: boolean } {
  const { archive } = config.lists[list] ?? plainList;
  if (!config.serverUrl || archive === "none") return { onWeb: false };
  if (archive === "unlisted") return { onWeb: true };
  return { url: `${config.serverUrl}/archive/${encodeURIComponent(archiveName(postId))}`, onWeb: true };
}

/** The links of an email about a subscription. Its button leads to a page that can only be opened with this email. */
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

/** Without a public address, the links only work on this machine. */
function serverAddress({ config: { serverUrl, listen } }: SiteContext): string {
  return serverUrl ?? `http://${listen.host}:${listen.port}`;
}

export function unsubscribeByMail(channel: Channel | undefined): string {
  const { replyTo, from } = (channel?.config ?? {}) as { replyTo?: string; from?: string };
  const sender = replyTo ?? from ?? "";
  return `mailto:${/<([^<>]+)>/.exec(sender)?.[1] ?? sender}?subject=unsubscribe`;
}
