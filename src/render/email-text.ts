/** The text part of a mail: what a person would have typed, complete even where the HTML part is cut. */

import type { Post, Site } from "#core/post.ts";
import type { EmailSlots } from "#core/rendition.ts";
import { legalLine } from "./legal-text.ts";
import type { Letterhead } from "./letterhead.ts";
import { openLinkList, printText, underlined } from "./text.ts";
import type { Node } from "./tree.ts";
import { wrap } from "./wrap.ts";

export function textPart(
  post: Post,
  article: readonly Node[],
  about: Letterhead,
  slots: EmailSlots,
  site: Site,
): string {
  const { words } = about;
  const links = openLinkList();
  const body = printText(article, links, words);
  const list = links.lines();
  const lines = [
    ...underlined(about.title, "="),
    "",
    ...(about.dek ? [...wrap(about.dek), ""] : []),
    ...wrap(about.meta),
    `${words.viewInBrowser}: ${slots.viewUrl}`,
    "",
    "",
    ...body,
    "",
    `${words.readOnWeb}: ${post.url}`,
    ...(list.length > 0 ? ["", "", ...underlined(words.links, "-"), ...list] : []),
    "",
    // The sign for a signature, RFC 3676 §4.3: replies leave out what follows.
    "-- ",
    legalLine(site.title),
    ...wrap(about.reason),
    `${words.unsubscribe}: ${slots.unsubscribeUrl}`,
    site.url,
    ...(site.postalAddress ? wrap(legalLine(site.postalAddress)) : []),
  ];
  return `${lines.join("\n")}\n`;
}
