/** Adds open and click tracking to an email, for lists that use it: redirected links and a one-pixel picture. */

import { escapeHtml } from "#core/posts/html.ts";
import type { EmailRendition } from "#core/renditions/rendition.ts";
import { slotToken } from "#core/renditions/slots.ts";

export interface Tracking {
  /** Our public address. */
  baseUrl: string;
  /** Signs the target of a link, so that we only redirect to addresses from our own emails. */
  sign(url: string): string;
}

/** Gmail cuts an email at about 102 KB. The longer links may use the space that the size budget leaves. */
const mostBytes = 101 * 1024;

/** Links in the text part are not changed, because people read them. If longer links would make the email too long, only opens are tracked. */
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

/** Decodes the address in an attribute. */
function unescaped(href: string): string {
  return href
    .replaceAll("&quot;", '"')
    .replaceAll(/&#(?:39|x27);/gi, "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
