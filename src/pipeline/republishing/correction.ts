/** A correction: an email to those who got a post, with the correction above the current post. */

import type { Post } from "#core/posts/post.ts";
import type { Channel } from "#core/publishing/publication.ts";
import { sha256 } from "#core/sending/idempotency.ts";

const words: Readonly<Record<string, string>> = {
  ar: "تصحيح",
  de: "Korrektur",
  en: "Correction",
  es: "Corrección",
  fr: "Rectificatif",
  ja: "訂正",
};

/** The post as it is sent, as a separate revision. @param text - the operator's Markdown. */
export function correctedPost({ fileName: _, ...post }: Post, text: string): Post {
  const word = words[post.language.split("-")[0] ?? ""] ?? "Correction";
  const note = text
    .trim()
    .split("\n")
    .map((line) => `> ${line}`)
    .join("\n");
  return {
    ...post,
    revision: sha256(`${post.revision}\ncorrection\n${text}`),
    subjects: [`${word}: ${post.subjects?.[0] ?? post.title}`],
    body: `> [!IMPORTANT]\n${note}\n\n${post.body}`,
  };
}

/** Only readers of the list who already have the post, because only they need the correction. */
export function toWhoGotIt(channel: Channel, postId: string): Channel {
  const { segment } = channel.sending ?? {};
  const got = `received = "${postId.replace(/["\\]/g, "\\$&")}"`;
  return { ...channel, sending: { ...channel.sending, segment: segment ? `(${segment}) and ${got}` : got } };
}
