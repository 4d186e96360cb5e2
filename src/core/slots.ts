/** Puts a recipient's own values where a rendition has its tokens. */

import type { EmailRecipient } from "./adapter.ts";
import { escapeHtml } from "./html.ts";
import type { EmailRendition } from "./rendition.ts";

/** The mail as this recipient gets it: values are escaped in HTML and plain in text. */
export function fillSlots(rendition: EmailRendition, recipient: EmailRecipient): { html: string; text: string } {
  const fill = (content: string, encode: (value: string) => string): string =>
    content
      .replaceAll(rendition.slots.unsubscribeUrl, () => encode(recipient.unsubscribeUrl))
      .replaceAll(rendition.slots.viewUrl, () => encode(recipient.viewUrl));
  return { html: fill(rendition.html, escapeHtml), text: fill(rendition.text, (value) => value) };
}
