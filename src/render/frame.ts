/** What every mail has around its content: the look, the masthead, the footer. */

import { escapeHtml } from "#core/html.ts";
import { legalLine } from "#core/legal-text.ts";
import type { Pictures } from "#core/picture.ts";
import type { Post, Site } from "#core/post.ts";
import type { EmailSlots } from "#core/rendition.ts";
import { noLog } from "./changes.ts";
import { headingSpacing, textFont } from "./email-html.ts";
import { shades } from "./highlight.ts";
import { absoluteSource } from "./links.ts";
import { mjmlToHtml } from "./mjml.ts";
import { type Gallery, placePicture } from "./pictures.ts";
import type { Filled, Template, Values } from "./template.ts";
import { type Theme, themeFor } from "./theme.ts";
import { type Words, wordsFor } from "./words.ts";

export interface EmailSetting {
  templates: { post: Template; digest: Template; confirm: Template; welcome: Template };
  theme: Theme;
  site: Site;
  pictures?: Pictures | undefined;
}

export interface Frame {
  /** BCP 47. */
  language: string;
  direction: "ltr" | "rtl";
  title: string;
  preheader: string;
  /** Why it came. */
  reason: string;
  slots: EmailSlots;
  /** The mail has an address on the web. */
  onWeb: boolean;
  /** The reader is on a list that can be left. */
  leave: boolean;
  /** It has code in colours. */
  coloured: boolean;
  words: Words;
}

/** Column of the text, px. */
export function columnOf(theme: Theme): number {
  return theme.width - 2 * theme.padding;
}

/** The values of `parts/*.mjml`, which every template may use. */
export function frameValues(frame: Frame, logo: Values | false, { theme: given, site }: EmailSetting): Values {
  const { language, direction, title, preheader, reason, slots, words, coloured } = frame;
  const theme = themeFor(given, language);
  const social = theme.social.map((link, index) => ({ ...link, first: index === 0 }));
  return {
    ...{ language, direction, title, preheader, reason, logo },
    ...slots,
    onWeb: frame.onWeb,
    leave: frame.leave,
    theme: { ...theme, logo: false, reader: "", social: [] },
    words: {
      language: words.language,
      direction: words.direction,
      viewInBrowser: words.viewInBrowser,
      unsubscribe: words.unsubscribe,
      preferences: words.preferences,
    },
    wordsStart: words.direction === "rtl" ? "right" : "left",
    shades: coloured ? shades.map((shade, index) => ({ class: `k${index}`, dark: theme.dark.code[shade] })) : [],
    font: textFont(theme),
    titleSpacing: headingSpacing(direction, language, -0.02),
    headingSpacing: headingSpacing(direction, language, -0.01),
    start: direction === "rtl" ? "right" : "left",
    end: direction === "rtl" ? "left" : "right",
    site: { title: legalLine(site.title), url: site.url, address: legalLine(site.postalAddress ?? "") },
    social: social.length > 0 && { links: social },
    // Gmail fills the preview line with what comes next unless the preheader is long enough.
    padding: "&#847;&zwnj;&nbsp;".repeat(Math.max(0, 200 - preheader.length)),
  };
}

/** The theme's logo, else the site's: measured where it can be. */
export async function logoOf({
  theme,
  site,
  pictures,
}: EmailSetting): Promise<{ logo: Values | false; gallery: Gallery }> {
  const none = { attachments: [], pictures: [] };
  const source = theme.logo?.image ?? site.logo ?? "";
  const url = absoluteSource(source, `${site.url}/`);
  if (!url) return { logo: false, gallery: none };
  const width = theme.logo?.width ?? 120;
  const setting = { pictures, post: siteAsPost(site), words: wordsFor(site.language), width, log: noLog };
  const placed = await placePicture({ source, url, alt: site.title }, setting);
  if (!placed) return { logo: false, gallery: none };
  const { src = "", width: measured, height } = placed.attributes;
  const logo = theme.logo
    ? { src, width, height: theme.logo.height }
    : { src, width: measured ?? width, height: height ?? "" };
  return { logo, gallery: placed.gallery };
}

/** Pictures of the site itself are found from its root. */
function siteAsPost(site: Site): Pick<Post, "path"> {
  return { path: `${site.title}.yaml` };
}

/** The line before the post, with the slot of the name in it: for HTML, and for text. */
export function greetingOf({ greeting }: Theme, slots: EmailSlots): { html: string; text: string } {
  const line = legalLine(greeting);
  return { html: escapeHtml(line).replaceAll("{name}", slots.name), text: line.replaceAll("{name}", slots.name) };
}

/** Fills in, renders, and takes out the spaces of MJML's nesting, which Gmail would count. */
export async function htmlOf(source: Filled): Promise<string> {
  return tidy(await mjmlToHtml(source));
}

function tidy(html: string): string {
  return html
    .split(/(<pre[\s\S]*?<\/pre>)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/\n\s*/g, "\n").replace(/[ \t]+(?=\n)/g, "")))
    .join("")
    .trimStart();
}
