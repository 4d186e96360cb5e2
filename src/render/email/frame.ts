/** What every email has around its content: theme, masthead and footer. */

import { ConfigError } from "#core/errors.ts";
import { escapeHtml } from "#core/posts/html.ts";
import { legalLine } from "#core/posts/legal-text.ts";
import type { Pictures } from "#core/posts/picture.ts";
import type { Site } from "#core/posts/post.ts";
import type { EmailSlots } from "#core/renditions/rendition.ts";
import { shades } from "#render/article/highlight.ts";
import { absoluteSource } from "#render/article/links.ts";
import { type Gallery, placePicture } from "#render/article/pictures.ts";
import { type Words, wordsFor } from "#render/words/words.ts";
import type { Filled, Template, Values } from "../template.ts";
import { headingSpacing, textFont } from "./html/html.ts";
import { mjmlToHtml } from "./mjml.ts";
import { type Theme, themeFor } from "./theme/theme.ts";

export interface EmailSetting {
  templates: { post: Template; digest: Template; confirm: Template; welcome: Template };
  theme: Theme;
  /** Where the theme names its logo, for messages. */
  themeFile: { file: string; line: number };
  site: Site;
  pictures?: Pictures | undefined;
}

export interface Frame {
  /** BCP 47. */
  language: string;
  direction: "ltr" | "rtl";
  title: string;
  preheader: string;
  /** Why the reader gets it. */
  reason: string;
  slots: EmailSlots;
  /** Whether the email has an address on the web. */
  onWeb: boolean;
  /** Whether the reader is on a list and can unsubscribe. */
  leave: boolean;
  /** Whether it has coloured code. */
  coloured: boolean;
  words: Words;
}

/** Width of the text column, px. */
export function columnOf(theme: Theme): number {
  return theme.width - 2 * theme.padding;
}

/** The values for `parts/*.mjml`, which every template may use. */
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
    // If the preheader is too short, Gmail fills the preview line with the next text.
    padding: "&#847;&zwnj;&nbsp;".repeat(Math.max(0, 200 - preheader.length)),
  };
}

/**
 * The theme's logo, or else the site's, with its size if it can be measured.
 * @throws ConfigError with the line of the theme if its logo can't be used.
 */
export async function logoOf(setting: EmailSetting): Promise<{ logo: Values | false; gallery: Gallery }> {
  const { theme, site } = setting;
  const source = theme.logo?.image ?? site.logo ?? "";
  const url = absoluteSource(source, `${site.url}/`);
  if (!url) return { logo: false, gallery: { attachments: [], pictures: [] } };
  const width = theme.logo?.width ?? 120;
  // The theme's own files are next to it. Files of the site are relative to its root.
  const unserved = theme.logo !== undefined && !/^(\/|[a-z][a-z\d+.-]*:)/i.test(source);
  const path = unserved ? setting.themeFile.file : `${site.title}.yaml`;
  const reasons: string[] = [];
  const log = { note: (_kind: string, _written: string, message: string) => void reasons.push(message) };
  const tools = { pictures: setting.pictures, post: { path }, words: wordsFor(site.language), width, log };
  const placed = await placePicture({ source, url, alt: site.title, unserved }, tools);
  if (!placed && theme.logo)
    throw new ConfigError(`logo.image: ${reasons[0] ?? "email clients don't show pictures of this format."}`, {
      ...setting.themeFile,
      hint: "Put the file into the folder of theme.yaml, or use its web address.",
    });
  if (!placed) return { logo: false, gallery: { attachments: [], pictures: [] } };
  const { src = "", width: measured, height } = placed.attributes;
  const logo = { src, width: theme.logo?.width ?? measured ?? width, height: theme.logo?.height ?? height ?? "" };
  return { logo, gallery: placed.gallery };
}

/** The greeting before the post, with the slot for the name: for HTML and for text. */
export function greetingOf({ greeting }: Theme, slots: EmailSlots): { html: string; text: string } {
  const line = legalLine(greeting);
  return { html: escapeHtml(line).replaceAll("{name}", slots.name), text: line.replaceAll("{name}", slots.name) };
}

/** Fills in and renders the template, and removes MJML's indentation, which would count for Gmail's limit. */
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
