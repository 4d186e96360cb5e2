/** Several posts in one mail: of each the title, who wrote it and when, its summary, and the way to it. */

import { sha256 } from "#core/idempotency.ts";
import type { Post } from "#core/post.ts";
import type { Digest, EmailRendition } from "#core/rendition.ts";
import { noLog } from "./changes.ts";
import { lines, textFooter } from "./email-text.ts";
import { columnOf, type EmailSetting, frameValues, htmlOf, logoOf } from "./frame.ts";
import { legalLine } from "./legal-text.ts";
import { bylineOf, dateLine } from "./letterhead.ts";
import { absoluteSource } from "./links.ts";
import { placePicture } from "./pictures.ts";
import { slotsFor } from "./slots.ts";
import { underlined } from "./text.ts";
import { validLanguage, wordsFor } from "./words.ts";
import { wrap } from "./wrap.ts";

/** @throws ConfigError when the template can't be rendered. */
export async function digestRendition(digest: Digest, setting: EmailSetting): Promise<EmailRendition> {
  const { site, theme } = setting;
  const words = wordsFor(digest.language ?? site.language, site.language);
  const language = validLanguage(words.language);
  const { direction } = words;
  const subject = legalLine(digest.subject ?? words.digest.subject(site.title));
  const revision = sha256(
    JSON.stringify([digest.list, digest.publishedAt, subject, digest.posts.map((p) => p.revision)]),
  );
  const slots = slotsFor(revision);
  const meta = [dateLine(digest.publishedAt, language, site), words.digest.posts(digest.posts.length)]
    .filter(Boolean)
    .join(" · ");
  const titles = digest.posts.map((post) => legalLine(post.title));
  const preheader = shortened(titles.join(" · "));
  const reason = words.reason(legalLine(digest.list.title), legalLine(site.title));
  const frame = { language, direction, title: subject, preheader, reason, slots, onWeb: false, leave: true, words };
  const pictures = await Promise.all(digest.posts.map((post) => pictureOf(post, setting)));
  const posts = digest.posts.map((post, index) => {
    // Each in its own language and direction, whatever that of the mail.
    const own = validLanguage(post.language);
    const said = wordsFor(own, language);
    return {
      ...{ url: post.url, title: titles[index] ?? "", direction: post.direction, language: own },
      start: post.direction === "rtl" ? "right" : "left",
      meta: [bylineOf(post, said), dateLine(post.publishedAt, own, site)].filter(Boolean).join(" · "),
      summary: legalLine(post.summary.text),
      picture: pictures[index] ? { height: "", width: columnOf(theme), ...pictures[index].attributes } : false,
      more: said.continueReading,
    };
  });
  const { logo, gallery } = await logoOf(setting);
  const values = frameValues({ ...frame, coloured: false }, logo, setting);
  return {
    medium: "email",
    postId: `digest/${revision.slice(0, 16)}`,
    revision,
    url: `${site.url}/`,
    ...{ title: subject, subject, language, preheader, slots },
    html: await htmlOf(setting.templates.digest({ ...values, meta, posts })),
    text: lines(
      ...underlined(subject, "="),
      "",
      ...wrap(meta),
      ...posts.flatMap(({ title, meta: line, summary, more, url }) => [
        "",
        "",
        ...underlined(title, "-"),
        ...wrap(line),
        "",
        ...(summary ? [...wrap(summary), ""] : []),
        `${more}: ${url}`,
      ]),
      ...textFooter(frame, slots, site, theme),
    ),
    fallbackName: theme.reader ?? words.reader,
    attachments: [gallery, ...pictures.flatMap((picture) => picture?.gallery ?? [])].flatMap(
      (each) => each.attachments,
    ),
  };
}

/** What the widest inbox shows beside the subject. */
function shortened(text: string): string {
  return text.length <= 140
    ? text
    : `${text
        .slice(0, 139)
        .toWellFormed()
        .replace(/\s+\S*$/, "")}…`;
}

function pictureOf(post: Post, { theme, site, pictures }: EmailSetting) {
  const url = post.image ? absoluteSource(post.image.url, post.url) : null;
  if (!url || !post.image) return null;
  const words = wordsFor(post.language, site.language);
  return placePicture(
    { source: post.image.url, url, alt: legalLine(post.image.alt || post.title) },
    { pictures, post, words, width: columnOf(theme), log: noLog },
  );
}
