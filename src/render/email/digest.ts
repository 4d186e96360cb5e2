/** Several posts in one email: title, author, date, summary and link of each. */

import { legalLine } from "#core/posts/legal-text.ts";
import type { Post } from "#core/posts/post.ts";
import type { Digest, EmailRendition } from "#core/renditions/rendition.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import { readArticle } from "#render/article/article.ts";
import { noLog } from "#render/article/changes.ts";
import { absoluteSource } from "#render/article/links.ts";
import { placePicture, placePictures } from "#render/article/pictures.ts";
import { openLinkList, printText, underlined } from "#render/article/text.ts";
import { wrap } from "#render/article/wrap.ts";
import { validLanguage, type Words, wordsFor } from "#render/words/words.ts";
import type { Template } from "../template.ts";
import { columnOf, type EmailSetting, frameValues, htmlOf, logoOf } from "./frame.ts";
import { printBlocks } from "./html/html.ts";
import { bylineOf, dateLine } from "./letterhead.ts";
import { lines, textFooter } from "./plain-text.ts";
import { slotsFor } from "./slots.ts";
import { themeFor } from "./theme/theme.ts";

/**
 * @param template - replaces `digest.mjml`.
 * @throws ConfigError if the template can't be rendered.
 */
export async function digestRendition(
  digest: Digest,
  setting: EmailSetting,
  template: Template = setting.templates.digest,
): Promise<EmailRendition> {
  const { site, theme } = setting;
  const words = wordsFor(digest.language ?? site.language, site.language);
  const language = validLanguage(words.language);
  const { direction } = words;
  const subject = legalLine(digest.subject ?? words.digest.subject(site.title));
  const revision = sha256(
    JSON.stringify([
      ...[digest.list, digest.publishedAt, subject, digest.posts.map((p) => p.revision)],
      ...[digest.intro ?? "", digest.groups ?? [], digest.template ?? "", digest.edition?.id ?? ""],
    ]),
  );
  const slots = slotsFor(revision);
  const meta = [dateLine(digest.publishedAt, language, site), words.digest.posts(digest.posts.length)]
    .filter(Boolean)
    .join(" · ");
  const titles = digest.posts.map((post) => legalLine(post.title));
  const preheader = shortened(titles.join(" · "));
  const { archived = false } = digest;
  const reason = archived ? "" : words.reason(legalLine(digest.list.title), legalLine(site.title));
  const onWeb = digest.edition?.onWeb === true && !archived;
  const frame = { language, direction, title: subject, preheader, reason, slots, onWeb, leave: !archived, words };
  const intro = await introOf(digest, revision, { language, direction, words }, setting);
  const groups = groupHeadings(digest);
  const pictures = await Promise.all(digest.posts.map((post) => pictureOf(post, setting)));
  const posts = digest.posts.map((post, index) => {
    // Each post has its own language and direction, independent of the email's.
    const own = validLanguage(post.language);
    const said = wordsFor(own, language);
    return {
      ...{ url: post.url, title: titles[index] ?? "", direction: post.direction, language: own },
      start: post.direction === "rtl" ? "right" : "left",
      wordsDirection: said.direction,
      group: groups.get(index) ?? "",
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
    postId: digest.edition?.id ?? `digest/${revision.slice(0, 16)}`,
    revision,
    url: digest.edition?.url ?? `${site.url}/`,
    ...{ title: subject, subject, language, preheader, slots },
    html: await htmlOf(template({ ...values, meta, posts, intro: intro.html })),
    text: lines(
      ...underlined(subject, "="),
      "",
      ...wrap(meta),
      ...(onWeb ? [`${words.viewInBrowser}: ${slots.viewUrl}`] : []),
      ...intro.text,
      ...posts.flatMap(({ title, meta: line, summary, more, url, group }) => [
        ...(group ? ["", "", ...underlined(group, "=")] : []),
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
    attachments: [gallery, intro.gallery, ...pictures.flatMap((picture) => picture?.gallery ?? [])].flatMap(
      (each) => each.attachments,
    ),
  };
}

/** The operator's text, printed like the text of a post. */
async function introOf(
  { intro, publishedAt }: Digest,
  revision: string,
  { language, direction, words }: { language: string; direction: "ltr" | "rtl"; words: Words },
  setting: EmailSetting,
) {
  const { site, pictures } = setting;
  // Relative links lead to the site, because the text is written for it.
  const url = `${site.url}/`;
  const post: Post = {
    ...{ id: "intro", path: "", revision, title: "", url, publishedAt, language, direction, authors: [], tags: [] },
    ...{ summary: { text: "", source: "none" }, status: "ready", body: intro ?? "", bodyLine: 1, diagnostics: [] },
  };
  const theme = themeFor(setting.theme, language);
  const at = { pictures, post, words, width: columnOf(theme), log: noLog };
  const { article, gallery } = await placePictures(readArticle(post, words), at);
  const links = openLinkList();
  const text = printText(article, links, words);
  const list = links.lines();
  return {
    html: printBlocks(article, { direction, language, words, url, theme, coloured: false }).join("\n"),
    text: article.length === 0 ? [] : ["", ...text, ...(list.length > 0 ? ["", ...list] : [])],
    gallery,
  };
}

/** Headings of groups, by the position of the post below them. */
function groupHeadings({ groups = [] }: Digest): Map<number, string> {
  let place = 0;
  return new Map(
    groups.map(({ title, count }) => {
      const heading: [number, string] = [place, legalLine(title)];
      place += count;
      return heading;
    }),
  );
}

/** Shortened to what the widest inbox shows next to the subject. */
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
