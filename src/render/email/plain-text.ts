/** The text part of an email: complete, even where the HTML part is cut. */

import { legalLine } from "#core/posts/legal-text.ts";
import type { Post, Site } from "#core/posts/post.ts";
import type { EmailSlots } from "#core/renditions/rendition.ts";
import { openLinkList, printText, underlined } from "#render/article/text.ts";
import type { Node } from "#render/article/tree.ts";
import { wrap } from "#render/article/wrap.ts";
import type { Words } from "#render/words/words.ts";
import type { Letterhead } from "./letterhead.ts";
import type { Theme } from "./theme/theme.ts";

export function textPart(
  post: Post,
  article: readonly Node[],
  about: Letterhead,
  greeting: string,
  footer: readonly string[],
  slots: EmailSlots,
): string {
  const { words } = about;
  const links = openLinkList();
  const body = printText(article, links, words);
  const list = links.lines();
  return lines(
    ...underlined(about.title, "="),
    "",
    ...(about.dek ? [...wrap(about.dek), ""] : []),
    ...wrap(about.meta),
    `${words.viewInBrowser}: ${slots.viewUrl}`,
    "",
    "",
    ...(greeting ? [...wrap(greeting), ""] : []),
    ...body,
    "",
    `${words.readOnWeb}: ${post.url}`,
    ...(list.length > 0 ? ["", "", ...underlined(words.links, "-"), ...list] : []),
    ...footer,
  );
}

/** The footer of every email. */
export function textFooter(
  { words, reason, leave }: { words: Words; reason: string; leave: boolean },
  slots: EmailSlots,
  site: Site,
  theme: Theme,
): string[] {
  const { preferences, preferencesUrl, unsubscribeUrl } = slots;
  return [
    "",
    // The signature separator, RFC 3676 §4.3: email programs leave out the following text in replies.
    "-- ",
    legalLine(site.title),
    ...(theme.footer ? wrap(legalLine(theme.footer)) : []),
    ...wrap(reason),
    ...(leave
      ? [`${preferences}${words.preferences}: ${preferencesUrl}\n${preferences}${words.unsubscribe}: ${unsubscribeUrl}`]
      : []),
    ...theme.social.map(({ name, url }) => `${name}: ${url}`),
    site.url,
    ...(site.postalAddress ? wrap(legalLine(site.postalAddress)) : []),
  ];
}

/** Joins lines to a text part with a line end at the end. */
export function lines(...all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}
