/** Puts a recipient's own values where a rendition has its tokens. */

import type { EmailRecipient } from "./adapter.ts";
import { escapeHtml } from "./html.ts";
import type { EmailRendition } from "./rendition.ts";

/** The mail as this recipient gets it: values are escaped in HTML and plain in text. */
export function fillSlots(rendition: EmailRendition, recipient: EmailRecipient): { html: string; text: string } {
  const { slots, fallbackName } = rendition;
  const { unsubscribeUrl, viewUrl, preferencesUrl = "", confirmUrl = "" } = recipient;
  const values = { unsubscribeUrl, viewUrl, preferencesUrl, confirmUrl, name: callableName(recipient) ?? fallbackName };
  const fill = (content: string, encode: (value: string) => string): string => {
    let filled = optional(content, slots.preferences, preferencesUrl !== "");
    for (const [slot, value] of Object.entries(values) as [keyof typeof values, string][])
      filled = filled.replaceAll(slots[slot], () => encode(value));
    return filled;
  };
  return { html: fill(rendition.html, escapeHtml), text: fill(rendition.text, (value) => value) };
}

/** What stands between two of the same token stays, or goes with them. */
function optional(content: string, token: string, shown: boolean): string {
  return content
    .split(token)
    .filter((_, index) => shown || index % 2 === 0)
    .join("");
}

const longestName = 60;

/** Whoever subscribes types the name: an address in it would make our mail carry somebody else's link. */
function callableName({ name = "" }: EmailRecipient): string | null {
  const line = name
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  return line === "" || line.length > longestName || /[/:@<>]|www\.|\.\w{2,}\b/i.test(line) ? null : line;
}
