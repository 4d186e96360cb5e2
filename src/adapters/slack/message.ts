/** Builds a Slack message from a note (https://docs.slack.dev/messaging). */

import type { NoteRendition } from "#core/renditions/rendition.ts";

/** Of the description of an image block. */
const mostAltText = 2000;

/** @param picture - shown from its address, with its description (https://docs.slack.dev/reference/block-kit/blocks/image-block). */
export function message({ text, image, title }: NoteRendition, picture: boolean) {
  const description = [...(image?.alt || title)].slice(0, mostAltText).join("");
  return {
    text: escaped(text),
    mrkdwn: false,
    unfurl_links: true,
    ...(picture &&
      image && { attachments: [{ blocks: [{ type: "image", image_url: image.url, alt_text: description }] }] }),
  };
}

/** https://docs.slack.dev/messaging/formatting-message-text: these three, and no others. */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** By it we find a message again (https://docs.slack.dev/messaging/message-metadata). */
export function marked(key: string) {
  return { event_type: "postrider_delivery", event_payload: { key } };
}
