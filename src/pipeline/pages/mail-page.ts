/** An email as a web page: for the archive, for reviewers, for the preview. */

import { escapeHtml } from "#core/posts/html.ts";
import type { Attachment } from "#core/posts/picture.ts";
import type { ShownPicture } from "#core/renditions/fidelity.ts";
import type { EmailRendition } from "#core/renditions/rendition.ts";
import { fillSlots } from "#core/renditions/slots.ts";

/** The email without personal parts. @param leaveUrl - the target of the unsubscribe links */
export function mailPage(mail: EmailRendition, leaveUrl: string): { html: string; text: string } {
  const list = { name: "", title: "" };
  const { html, text } = fillSlots(mail, { address: "", list, unsubscribeUrl: leaveUrl, viewUrl: mail.url });
  return { html: withPictures(html, mail.attachments), text };
}

/** A browser does not have the email's attachments, so its pictures become part of the page. */
export function withPictures(html: string, attachments: readonly Attachment[]): string {
  return withShown(
    html,
    attachments.map((attachment) => ({ ...attachment, src: `cid:${attachment.cid}` })),
  );
}

/** The same for linked pictures that are not online yet. */
export function withShown(html: string, pictures: readonly ShownPicture[]): string {
  return pictures.reduce((page, { src, type, content }) => {
    const data = `src="data:${type};base64,${Buffer.from(content).toString("base64")}"`;
    return page.replaceAll(`src="${escapeHtml(src)}"`, () => data);
  }, html);
}
