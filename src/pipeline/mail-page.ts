/** A mail as a page of the web: for the archive, for reviewers, for a preview. */

import type { Attachment } from "#core/picture.ts";
import type { EmailRendition } from "#core/rendition.ts";
import { fillSlots } from "#core/slots.ts";

/** What nobody in particular sees. @param leaveUrl - where the links to leave lead */
export function mailPage(mail: EmailRendition, leaveUrl: string): { html: string; text: string } {
  const list = { name: "", title: "" };
  const { html, text } = fillSlots(mail, { address: "", list, unsubscribeUrl: leaveUrl, viewUrl: mail.url });
  return { html: withPictures(html, mail.attachments), text };
}

/** A browser knows nothing of what travels in the mail: its pictures become part of the page. */
export function withPictures(html: string, attachments: readonly Attachment[]): string {
  return attachments.reduce(
    (page, { cid, type, content }) =>
      page.replaceAll(`src="cid:${cid}"`, `src="data:${type};base64,${Buffer.from(content).toString("base64")}"`),
    html,
  );
}
