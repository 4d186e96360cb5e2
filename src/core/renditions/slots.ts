/** Fills a recipient's values into the tokens of a rendition. */

import { escapeHtml } from "#core/posts/html.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import type { EmailRecipient } from "../adapter.ts";
import type { EmailRendition, EmailSlots } from "./rendition.ts";

/** A recipient's value that replaces a token. */
export type Slot = Exclude<keyof EmailSlots, "preferences">;

/** The revision is a hash of the post. If an author types a token into the post, the revision changes, and so do the tokens. */
export function slotToken(revision: string, slot: keyof EmailSlots): string {
  return `pr${sha256(`${revision}\n${slot}`).slice(0, 24)}`;
}

/** The email for this recipient. Values are escaped in HTML and plain in text. */
export function fillSlots(rendition: EmailRendition, recipient: EmailRecipient): { html: string; text: string } {
  const { slots } = rendition;
  const values = slotValues(rendition, recipient);
  const fill = (content: string, encode: (value: string) => string): string => {
    let filled = withOption(content, slots.preferences, values.preferencesUrl !== "");
    for (const [slot, value] of Object.entries(values) as [Slot, string][]) {
      const token = slots[slot];
      if (token) filled = filled.replaceAll(token, () => encode(value));
    }
    return filled;
  };
  return { html: fill(rendition.html, escapeHtml), text: fill(rendition.text, (value) => value) };
}

/** Each slot's value for this recipient, as plain text. */
export function slotValues({ fallbackName }: EmailRendition, recipient: EmailRecipient): Record<Slot, string> {
  const { unsubscribeUrl, viewUrl, preferencesUrl = "", confirmUrl = "", seenBy = "" } = recipient;
  return { unsubscribeUrl, viewUrl, preferencesUrl, confirmUrl, seenBy, name: callableName(recipient) ?? fallbackName };
}

/** Keeps or removes the text between two equal tokens. */
export function withOption(content: string, token: string, shown: boolean): string {
  return content
    .split(token)
    .filter((_, index) => shown || index % 2 === 0)
    .join("");
}

const longestName = 60;

/** Anybody can type any name when subscribing. Without this check, our email could contain a stranger's link. */
function callableName({ name = "" }: EmailRecipient): string | null {
  const line = name
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  return line === "" || line.length > longestName || /[/:@<>]|www\.|\.\w{2,}\b/i.test(line) ? null : line;
}
