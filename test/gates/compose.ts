/** Makes the mails to be judged, each as it would go out: with its pictures, for a reader who doesn't exist. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Envelope } from "#core/adapter.ts";
import type { Post } from "#core/posts/post.ts";
import type { EmailRendition, Renderer } from "#core/renditions/rendition.ts";
import { fillSlots } from "#core/renditions/slots.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import { withPictures } from "#pipeline/pages/mail-page.ts";
import { buildMessage } from "#smtp/message/message.ts";
import type { Mail } from "./mail.ts";

const list = { name: "letters", title: "Letters" };

/** @param dir - where the messages are written. */
export async function mailsOf(posts: readonly Post[], renderer: Renderer, dir: string): Promise<Mail[]> {
  const mails: Mail[] = [];
  // One by one, so that a thousand posts don't have all their pictures in memory.
  for (const post of posts) {
    const rendition = await renderer.email(post, list);
    mails.push(await composed(post.id, rendition, new Date(post.publishedAt), join(dir, `${mails.length}.eml`)));
  }
  return mails;
}

/** What is no post: a digest, the question whether somebody wants to be on a list, the welcome; in every language. */
export async function lettersOf(posts: readonly Post[], renderer: Renderer, dir: string): Promise<Mail[]> {
  const mails: Mail[] = [];
  for (const language of ["en", "de", "fr", "es", "ja", "ar"]) {
    const digest = { list, language, posts, publishedAt: "2026-05-04T09:00:00.000Z" };
    const letters = {
      digest: await renderer.digest(digest),
      confirm: await renderer.confirm({ list, language }),
      welcome: await renderer.welcome({ list, language }),
    };
    for (const [kind, rendition] of Object.entries(letters)) {
      const file = join(dir, `${kind}-${language}.eml`);
      mails.push(await composed(`${kind}, ${language}`, rendition, new Date(digest.publishedAt), file));
    }
  }
  return mails;
}

async function composed(name: string, rendition: EmailRendition, publishedAt: Date, file: string): Promise<Mail> {
  const recipient = {
    ...{ address: "reader@example.org", name: "A Reader", list },
    unsubscribeUrl: "https://news.example.org/unsubscribe/AbC123",
    preferencesUrl: "https://news.example.org/preferences/AbC123",
    confirmUrl: "https://news.example.org/confirm/AbC123",
    viewUrl: "https://news.example.org/archive/1",
  };
  const envelope: Envelope<"email"> = { key: sha256(`${name}\n${rendition.html}`), rendition, recipient, publishedAt };
  writeFileSync(file, await buildMessage(envelope, { from: "The Reading Room <news@example.org>" }));
  const { html, text } = fillSlots(rendition, recipient);
  return { name, file, html, shown: withPictures(html, rendition.attachments), text };
}
