/** Adds open and click tracking to an email, for lists that use it: redirected links and a one-pixel picture. */

import { escapeHtml } from "#core/posts/html.ts";
import type { EmailRendition } from "#core/renditions/rendition.ts";
import { slotToken } from "#core/renditions/slots.ts";

export interface Tracking {
  /** Our public address. */
  baseUrl: string;
  /** Signs where a link leads: we redirect to nothing that was not in a mail of ours. */
  sign(url: string): string;
}

/** Gmail clips at about 102 KB; the longer links may use some of what the size budget leaves. */
const mostBytes = 101 * 1024;

/** Text parts keep their links: people read those. Where the longer links would make the mail too long, only opens are seen. */
export function tracked(mail: EmailRendition, { baseUrl, sign }: Tracking): EmailRendition {
  const token = slotToken(mail.revision, "seenBy");
  const point = `<img src="${escapeHtml(baseUrl)}/open/${token}" width="1" height="1" alt="" style="display:block;border:0;">`;
  const withPoint = (html: string): string => html.replace(/<\/body>/i, (end) => point + end);
  const linked = withPoint(
    mail.html.replace(
      /(<a\b[^<>]*?\shref=")(https?:\/\/[^"]+)(?=")/gi,
      (_all, before: string, href: string) => `${before}${escapeHtml(baseUrl)}/click/${token}/${sign(unescaped(href))}`,
    ),
  );
  const html = Buffer.byteLength(linked) <= mostBytes ? linked : withPoint(mail.html);
  return { ...mail, html, slots: { ...mail.slots, seenBy: token } };
}

/** What stands in an attribute, as the address that it is. */
function unescaped(href: string): string {
  return href
    .replaceAll("&quot;", '"')
    .replaceAll(/&#(?:39|x27);/gi, "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
