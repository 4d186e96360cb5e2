/** The rendition of a post for mail: an HTML part from the operator's MJML template, and a text part. */

import type { Post, Site } from "#core/post.ts";
import type { EmailRendition, EmailSlots } from "#core/rendition.ts";
import { readArticle } from "./article.ts";
import { withinBudget } from "./budget.ts";
import { headingSpacing, printBlocks, textFont } from "./email-html.ts";
import { textPart } from "./email-text.ts";
import { legalLine } from "./legal-text.ts";
import { type Letterhead, letterhead } from "./letterhead.ts";
import { absoluteSource, mailShows } from "./links.ts";
import { mjmlToHtml } from "./mjml.ts";
import { slotsFor } from "./slots.ts";
import type { Template } from "./template.ts";
import type { Theme } from "./theme.ts";
import { elementsOf, type Node, textOf } from "./tree.ts";
import { validLanguage, wordsFor } from "./words-for.ts";

export interface EmailSetting {
  template: Template;
  /** Path of the template, for messages. */
  file: string;
  theme: Theme;
  site: Site;
}

/** @throws ConfigError when the template can't be rendered. */
export async function emailRendition(
  post: Post,
  list: { name: string; title: string },
  setting: EmailSetting,
): Promise<EmailRendition> {
  const language = validLanguage(post.language);
  const words = wordsFor(language);
  const slots = slotsFor(post.revision);
  const article = readArticle(post, words);
  const about = letterhead(post, { listTitle: list.title, words, language, article, site: setting.site });
  return {
    medium: "email",
    postId: post.id,
    revision: post.revision,
    url: post.url,
    title: about.title,
    language,
    subject: about.title,
    preheader: about.preheader,
    html: await htmlPart(post, article, about, slots, setting),
    text: textPart(post, article, about, slots, setting.site),
    slots,
  };
}

async function htmlPart(
  post: Post,
  article: readonly Node[],
  about: Letterhead,
  slots: EmailSlots,
  { template, file, theme, site }: EmailSetting,
): Promise<string> {
  const { words, language, title, dek, meta, preheader, reason } = about;
  const blocks = printBlocks(article, { theme, direction: post.direction, language, words, url: post.url });
  const hero = heroImage(post, article);
  return withinBudget(blocks.length, async (count) => {
    const shown = withoutLastHeading(article, count);
    const source = template({
      ...{ title, dek, meta, preheader, reason },
      ...slots,
      theme,
      words: {
        language: words.language,
        direction: words.direction,
        viewInBrowser: words.viewInBrowser,
        unsubscribe: words.unsubscribe,
      },
      font: textFont(theme),
      language,
      direction: post.direction,
      titleSpacing: headingSpacing(post.direction, language, -0.02),
      start: post.direction === "rtl" ? "right" : "left",
      end: post.direction === "rtl" ? "left" : "right",
      url: post.url,
      site: { title: legalLine(site.title), url: site.url, address: legalLine(site.postalAddress ?? "") },
      logo: absoluteSource(site.logo ?? "", `${site.url}/`) ?? "",
      hero: hero ?? "",
      imageWidth: theme.width - 2 * theme.padding,
      padding: "&#847;&zwnj;&nbsp;".repeat(Math.max(0, 200 - about.preheader.length)),
      sections: sections(article.slice(0, shown), blocks).map((html) => ({ html })),
      button: shown < blocks.length ? words.continueReading : words.readOnWeb,
    });
    return tidy(await mjmlToHtml(source, file));
  });
}

/** The lead image, unless the article shows it anyway or no mail client would. */
function heroImage(post: Post, article: readonly Node[]): { src: string; alt: string } | null {
  const src = post.image ? absoluteSource(post.image.url, post.url) : null;
  if (!src || !mailShows(src)) return null;
  const shown = [...elementsOf(article)].some(({ tag, attributes }) => tag === "img" && attributes["src"] === src);
  return shown ? null : { src, alt: legalLine(post.image?.alt ?? "") };
}

/** A mail that is cut does not end on a heading. */
function withoutLastHeading(article: readonly Node[], count: number): number {
  if (count === article.length) return count;
  let end = count;
  while (end > 0 && isHeading(article[end - 1])) end--;
  return end;
}

function isHeading(node: Node | undefined): boolean {
  return typeof node === "object" && /^h\d$/.test(node.tag);
}

/** Word breaks cells taller than about 1,790 px in two, with a gap: some 3,000 characters of text. */
const tallestSection = 2_500;

/** Groups the blocks: a new section at each `h2`, and before any heading or long run makes a cell too tall. */
function sections(article: readonly Node[], blocks: readonly string[]): string[] {
  const groups: string[] = [];
  let length = 0;
  article.forEach((node, index) => {
    const tall = length > tallestSection && !isHeading(article[index - 1]);
    if (groups.length === 0 || (typeof node === "object" && node.tag === "h2") || tall) {
      groups.push("");
      length = 0;
    }
    length += textOf(node).length;
    groups[groups.length - 1] += blocks[index] ?? "";
  });
  return groups;
}

/** MJML indents by nesting; outside `<pre>` those spaces are bytes that Gmail counts. */
function tidy(html: string): string {
  return html
    .split(/(<pre[\s\S]*?<\/pre>)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/\n\s*/g, "\n").replace(/[ \t]+(?=\n)/g, "")))
    .join("")
    .trimStart();
}
