/** Renders a post as email: an HTML part from the operator's MJML template, and a text part. */

import { legalLine } from "#core/posts/legal-text.ts";
import type { Post } from "#core/posts/post.ts";
import type { ShownPicture } from "#core/renditions/fidelity.ts";
import type { EmailRendition, MailingList } from "#core/renditions/rendition.ts";
import { readArticle } from "#render/article/article.ts";
import { type ChangeLog, noLog } from "#render/article/changes.ts";
import { absoluteSource } from "#render/article/links.ts";
import { type PictureSetting, placePicture, placePictures } from "#render/article/pictures.ts";
import { sectionsOf, withoutLastHeading } from "#render/article/sections.ts";
import { elementsOf, type Node, textOf } from "#render/article/tree.ts";
import { validLanguage, wordsFor } from "#render/words/words.ts";
import { type Cut, type Printing, withinBudget } from "./budget.ts";
import { columnOf, type EmailSetting, type Frame, frameValues, greetingOf, htmlOf, logoOf } from "./frame.ts";
import { printBlocks } from "./html/html.ts";
import { isWide } from "./html/tables.ts";
import { letterhead } from "./letterhead.ts";
import { textFooter, textPart } from "./plain-text.ts";
import { piecesOf, shorten } from "./shorten.ts";
import { slotsFor } from "./slots.ts";
import { themeFor } from "./theme/theme.ts";

export interface EmailOptions {
  /** Gets the differences from the post on the web. */
  log?: ChangeLog;
  /** The public version, without links to unsubscribe or to view in the browser. Default `false`. */
  archived?: boolean;
}

/** For all pictures of an email together. */
const mostPictureBytes = 1024 * 1024;
/** About 35,000 words. */
const mostTextBytes = 200_000;

/**
 * @throws ConfigError when the template can't be rendered.
 */
export async function emailRendition(
  post: Post,
  list: MailingList,
  setting: EmailSetting,
  { log = noLog, archived = false }: EmailOptions = {},
): Promise<{ rendition: EmailRendition; article: readonly Node[]; pictures: ShownPicture[] }> {
  const { site, pictures } = setting;
  const language = validLanguage(post.language);
  const words = wordsFor(language, site.language);
  const slots = slotsFor(post.revision);
  const theme = themeFor(setting.theme, language);
  const atPictures: PictureSetting = { pictures, post, words, width: columnOf(theme), textSize: theme.textSize, log };
  const written = readArticle(post, words, log);
  const { article, gallery } = await placePictures(written, atPictures);
  const hero = await leadImage(post, written, atPictures);
  const { logo, gallery: logoGallery } = await logoOf(setting);
  const about = letterhead(post, { listTitle: list.title, words, language, article, site });
  const { title, preheader } = about;
  const reason = archived ? "" : about.reason;
  const frame = { ...about, reason, direction: post.direction, slots, onWeb: !archived, leave: !archived };
  const greeting = greetingOf(theme, slots);
  const { html, shown } = await htmlPart(post, article, { ...frame, coloured: true }, setting, log, {
    ...{ logo, dek: about.dek, meta: about.meta, greeting: greeting.html },
    hero: hero ? { alt: "", height: "", width: columnOf(theme), ...hero.attributes } : false,
  });
  noteTables(article, log);
  const galleries = [gallery, logoGallery, ...(hero ? [hero.gallery] : [])];
  const shownPictures = galleries.flatMap((each) => each.pictures);
  const pictureBytes = shownPictures.reduce((sum, { content }) => sum + content.length, 0);
  if (pictureBytes > mostPictureBytes)
    log.note(
      "image-converted",
      "",
      `The pictures have ${Math.round(pictureBytes / 1024)} KB in total, which is slow on a phone.`,
    );
  const footer = textFooter({ ...frame, reason }, slots, site, theme);
  const said = (blocks: readonly Node[]): string => textPart(post, blocks, about, greeting.text, footer, slots);
  const whole = said(article);
  const rendition: EmailRendition = {
    medium: "email",
    postId: post.id,
    revision: post.revision,
    url: post.url,
    ...{ title, language, preheader, html, slots },
    subject: post.subjects?.[0] ?? title,
    ...(post.subjects && post.subjects.length > 1 && { subjects: post.subjects }),
    // Complete even if the HTML part is cut, unless it is too long for an email.
    text: Buffer.byteLength(whole) > mostTextBytes ? said(shown) : whole,
    fallbackName: theme.reader ?? words.reader,
    attachments: galleries.flatMap(({ attachments }) => attachments),
  };
  return { rendition, article, pictures: shownPictures };
}

/** The email with as much of the article as fits. If it does not fit completely, the colours of code are removed first. */
async function htmlPart(
  post: Post,
  article: readonly Node[],
  frame: Frame,
  setting: EmailSetting,
  log: ChangeLog,
  values: Parameters<EmailSetting["templates"]["post"]>[0],
): Promise<{ html: string; shown: readonly Node[] }> {
  const { logo, ...rest } = values;
  const { language, words } = frame;
  const print = (coloured: boolean): Printing & { shaded: boolean } => {
    const theme = themeFor(setting.theme, language);
    const look = { direction: post.direction, language, words, url: post.url, theme, coloured };
    const blocks = printBlocks(article, look);
    const shaded = coloured && blocks.some((block) => block.includes('<span class="k'));
    const around = frameValues({ ...frame, coloured: shaded }, logo as never, setting);
    const render = ({ blocks: count, pieces }: Cut): Promise<string> => {
      const { whole: shown, part } = cutAt(article, { blocks: count, pieces });
      const html = [...blocks.slice(0, shown.length), ...printBlocks(part, look)];
      const sections = sectionsOf([...shown, ...part], html).map((section) => ({ html: section }));
      const button = shown.length < blocks.length ? frame.words.continueReading : frame.words.readOnWeb;
      return htmlOf(setting.templates.post({ ...around, ...rest, url: post.url, sections, button }));
    };
    return { sizes: blocks.map((block) => Buffer.byteLength(block)), render, shaded };
  };
  const first = print(true);
  const printings: [Printing, ...Printing[]] = first.shaded ? [first, print(false)] : [first];
  const { html, cut } = await withinBudget(printings, (block) => piecesOf(article[block]));
  if (cut === null) return { html, shown: article };
  const { whole, part } = cutAt(article, cut);
  const next = article[whole.length];
  if (next !== undefined)
    log.note(
      "cut",
      textOf(next).trim().split("\n")[0]?.slice(0, 60) ?? "",
      `The email ends ${part.length > 0 ? "inside" : "before"} this block with a link to the whole post, because Gmail would cut it off.`,
    );
  return { html, shown: [...whole, ...part] };
}

/** The shown part of an article: whole blocks, and possibly a part of the next. An email never ends with a heading. */
function cutAt(article: readonly Node[], { blocks, pieces }: Cut): { whole: readonly Node[]; part: Node[] } {
  const next = article[blocks];
  if (pieces > 0 && typeof next === "object") return { whole: article.slice(0, blocks), part: [shorten(next, pieces)] };
  return { whole: article.slice(0, withoutLastHeading(article, blocks)), part: [] };
}

function noteTables(article: readonly Node[], log: ChangeLog): void {
  for (const table of elementsOf(article))
    if (table.tag === "table" && isWide(table)) {
      const [cell] = [...elementsOf(table.children)].filter(({ tag }) => tag === "th" || tag === "td");
      log.note(
        "table-wide",
        cell ? textOf(cell) : "",
        "A wide table scrolls sideways if the email client supports it. A link below it leads to the web page.",
      );
    }
}

/** The lead image, unless the article already contains it (even if it does not exist) or no email client would show it. */
async function leadImage(post: Post, written: readonly Node[], setting: PictureSetting) {
  const url = post.image ? absoluteSource(post.image.url, post.url) : null;
  if (!url || !post.image) return null;
  const inText = [...elementsOf(written)].some(({ tag, attributes }) => tag === "img" && attributes["src"] === url);
  if (inText) return null;
  return placePicture({ source: post.image.url, url, alt: legalLine(post.image.alt) }, setting);
}
