/** The rendition of a post for mail: an HTML part from the operator's MJML template, and a text part. */

import { legalLine } from "#core/legal-text.ts";
import type { Post } from "#core/post.ts";
import type { EmailRendition, MailingList } from "#core/rendition.ts";
import { readArticle } from "./article.ts";
import { withinBudget } from "./budget.ts";
import { type ChangeLog, noLog } from "./changes.ts";
import { printBlocks } from "./email-html.ts";
import { isWide } from "./email-tables.ts";
import { textFooter, textPart } from "./email-text.ts";
import { columnOf, type EmailSetting, type Frame, frameValues, greetingOf, htmlOf, logoOf } from "./frame.ts";
import { letterhead } from "./letterhead.ts";
import { absoluteSource } from "./links.ts";
import { type PictureSetting, placePicture, placePictures } from "./pictures.ts";
import { sectionsOf, withoutLastHeading } from "./sections.ts";
import { slotsFor } from "./slots.ts";
import { themeFor } from "./theme.ts";
import { elementsOf, type Node, textOf } from "./tree.ts";
import { validLanguage, wordsFor } from "./words.ts";

export interface EmailOptions {
  /** Learns what is different from the post on the web. */
  log?: ChangeLog;
  /** For everybody's eyes: it is on the web already, and there is nothing to leave. Default `false`. */
  archived?: boolean;
}

/** Of all pictures of a mail together. */
const mostPictureBytes = 1024 * 1024;

/**
 * @throws ConfigError when the template can't be rendered.
 */
export async function emailRendition(
  post: Post,
  list: MailingList,
  setting: EmailSetting,
  { log = noLog, archived = false }: EmailOptions = {},
): Promise<EmailRendition & { pictureBytes: number }> {
  const { site, pictures } = setting;
  const language = validLanguage(post.language);
  const words = wordsFor(language, site.language);
  const slots = slotsFor(post.revision);
  const theme = themeFor(setting.theme, language);
  const atPictures: PictureSetting = { pictures, post, words, width: columnOf(theme), log };
  const { article, gallery } = await placePictures(readArticle(post, words, log), atPictures);
  const hero = await leadImage(post, article, atPictures);
  const { logo, gallery: logoGallery } = await logoOf(setting);
  const about = letterhead(post, { listTitle: list.title, words, language, article, site });
  const { title, preheader } = about;
  const reason = archived ? "" : about.reason;
  const frame = { ...about, reason, direction: post.direction, slots, onWeb: !archived, leave: !archived };
  const greeting = greetingOf(theme, slots);
  const html = await htmlPart(post, article, { ...frame, coloured: true }, setting, log, {
    ...{ logo, dek: about.dek, meta: about.meta, greeting: greeting.html },
    hero: hero ? { alt: "", height: "", width: columnOf(theme), ...hero.attributes } : false,
  });
  noteTables(article, log);
  const galleries = [gallery, logoGallery, ...(hero ? [hero.gallery] : [])];
  const pictureBytes = galleries.reduce((sum, { bytes }) => sum + bytes, 0);
  if (pictureBytes > mostPictureBytes)
    log.note(
      "image-converted",
      "",
      `The pictures have ${Math.round(pictureBytes / 1024)} KB together, which is slow on a telephone.`,
    );
  return {
    medium: "email",
    postId: post.id,
    revision: post.revision,
    url: post.url,
    ...{ title, language, preheader, html, slots },
    subject: post.subjects?.[0] ?? title,
    ...(post.subjects && post.subjects.length > 1 && { subjects: post.subjects }),
    text: textPart(post, article, about, greeting.text, textFooter({ ...frame, reason }, slots, site, theme), slots),
    fallbackName: theme.reader ?? words.reader,
    attachments: galleries.flatMap(({ attachments }) => attachments),
    pictureBytes,
  };
}

/** The mail with as many blocks as fit. Where not all of them do, colours in code go first. */
async function htmlPart(
  post: Post,
  article: readonly Node[],
  frame: Frame,
  setting: EmailSetting,
  log: ChangeLog,
  values: Parameters<EmailSetting["templates"]["post"]>[0],
): Promise<string> {
  const { logo, ...rest } = values;
  const look = { direction: post.direction, language: frame.language, words: frame.words, url: post.url };
  const print = (coloured: boolean) => {
    const blocks = printBlocks(article, { ...look, theme: themeFor(setting.theme, frame.language), coloured });
    const shaded = coloured && blocks.some((block) => block.includes('<span class="k'));
    const around = frameValues({ ...frame, coloured: shaded }, logo as never, setting);
    const render = (count: number): Promise<string> => {
      const shown = withoutLastHeading(article, count);
      const sections = sectionsOf(article.slice(0, shown), blocks).map((html) => ({ html }));
      const button = shown < blocks.length ? frame.words.continueReading : frame.words.readOnWeb;
      return htmlOf(setting.templates.post({ ...around, ...rest, url: post.url, sections, button }));
    };
    return { render, shaded };
  };
  const first = print(true);
  const cut = (count: number): void => {
    const [next] = article.slice(withoutLastHeading(article, count));
    if (next !== undefined)
      log.note(
        "cut",
        textOf(next).trim().split("\n")[0]?.slice(0, 60) ?? "",
        "The mail ends before this and offers to continue on the web: Gmail would cut it off.",
      );
  };
  return withinBudget(article.length, first.shaded ? [first.render, print(false).render] : [first.render], cut);
}

function noteTables(article: readonly Node[], log: ChangeLog): void {
  for (const table of elementsOf(article))
    if (table.tag === "table" && isWide(table)) {
      const [cell] = [...elementsOf(table.children)].filter(({ tag }) => tag === "th" || tag === "td");
      log.note(
        "table-wide",
        cell ? textOf(cell) : "",
        "A wide table scrolls sideways where a mail client lets it, with a link to the web below.",
      );
    }
}

/** The lead image, unless the article shows it anyway or no mail client would. */
async function leadImage(post: Post, article: readonly Node[], setting: PictureSetting) {
  const url = post.image ? absoluteSource(post.image.url, post.url) : null;
  if (!url || !post.image) return null;
  const shown = [...elementsOf(article)].some(({ tag, attributes }) => tag === "img" && attributes["src"] === url);
  if (shown) return null;
  return placePicture({ source: post.image.url, url, alt: legalLine(post.image.alt) }, setting);
}
