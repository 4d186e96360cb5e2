/** Builds the content of a Matrix message from a note (https://spec.matrix.org/latest/client-server-api/#mtext). */

import type { NoteRendition } from "#core/renditions/rendition.ts";

/** In the message's content, where everybody may put what bears a name of their own: by it we find it again. */
export const keyField = "dev.postrider.delivery";

/** A picture that lies in the server's store. */
export interface StoredPicture {
  url: string;
  fileName: string;
  info: { mimetype: string; size: number };
}

/** @param picture - the text is its caption then (#media-captions, since v1.10). */
export function messageContent(
  { text, url, contentWarning }: NoteRendition,
  msgtype: string,
  key: string,
  picture: StoredPicture | null = null,
): object {
  const html = formatted(text);
  return {
    ...(picture
      ? { msgtype: "m.image", url: picture.url, filename: picture.fileName, info: picture.info }
      : { msgtype }),
    ...(contentWarning
      ? { body: `${contentWarning}\n\n${url}`, formatted_body: spoiler(html, contentWarning) }
      : { body: text, formatted_body: html }),
    format: "org.matrix.custom.html",
    // Mentions nobody, even if the text contains a user's name.
    "m.mentions": {},
    [keyField]: key,
  };
}

/** An edit, with the whole new content, and the same marked with a star for clients that know no edits. */
export function editContent(content: object, eventId: string): object {
  const { body, formatted_body } = content as { body: string; formatted_body: string };
  return {
    ...content,
    body: `* ${body}`,
    formatted_body: `* ${formatted_body}`,
    "m.new_content": content,
    "m.relates_to": { rel_type: "m.replace", event_id: eventId },
  };
}

/** The text as HTML, with its links. */
export function formatted(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${linked(paragraph).replaceAll("\n", "<br>")}</p>`)
    .join("");
}

function spoiler(html: string, reason: string): string {
  // Some clients show a spoiler over paragraphs in full.
  return `<span data-mx-spoiler="${escaped(reason)}">${html.replace(/<\/p><p>/g, "<br><br>").replace(/<\/?p>/g, "")}</span>`;
}

function linked(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])/)
    .map((piece, index) => (index % 2 === 1 ? `<a href="${escaped(piece)}">${escaped(piece)}</a>` : escaped(piece)))
    .join("");
}

const marks: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (mark) => marks[mark] ?? mark);
}
