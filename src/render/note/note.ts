/** Renders a post for a social network: the author's text or a summary, with the link, as long as it fits. */

import { legalLine, legalText } from "#core/posts/legal-text.ts";
import { ownTextOf, type Post } from "#core/posts/post.ts";
import type { NoteFit, NoteRendition, NoteStyle } from "#core/renditions/rendition.ts";
import { absoluteSource } from "#render/article/links.ts";
import { readOutline } from "#render/markdown/outline.ts";
import { validLanguage } from "#render/words/words.ts";
import { hashtagsOf } from "./hashtags.ts";
import { keySentences } from "./key-sentences.ts";
import { clipped, clippedAtClause, graphemesOf, longest, sentencesOf } from "./sentences.ts";
import { summaryOf } from "./summary.ts";
import type { NoteTemplate, NoteTemplates, NoteWords } from "./template.ts";
import { threadOf } from "./thread.ts";

/**
 * The author's text for the network, or else the author's text for all networks, or else the operator's template,
 * with as many whole sentences of the summary and as many hashtags as fit. A text that is too long is cut after a
 * sentence, or else after a word with an ellipsis. The permalink at the end is never cut.
 */
export function noteRendition(post: Post, fit: NoteFit, templates: NoteTemplates, site: string): NoteRendition {
  const image = post.image && absoluteSource(post.image.url, post.url);
  const picture = image ? { image: { url: image, alt: legalLine(post.image?.alt ?? "") } } : {};
  const summary = summaryOf(post) || keySentencesOf(post, (part) => part.length <= mostSummary);
  const url = taggedUrl(post.url, fit.style.utm);
  // If there is a warning, the network counts it with the text.
  const warning = legalLine(post.contentWarning ?? "");
  // If the network has no content warnings, the warning is put before the text.
  const first = warning === "" || fit.warnings ? "" : `\u26a0\ufe0f ${warning}\n\n`;
  const room = fit.maxLength - (warning === "" || !fit.warnings ? 0 : fit.measure(warning));
  const fits = (text: string): boolean => fit.measure(first + text) <= room;
  const own = ownWords(post, fit);
  const said = own ? own.split(/\n{2,}/) : aboutItself(post, summary);
  const words = { author: post.authors[0]?.name ?? "", site, url };
  const [text = url, ...thread] =
    fit.threads && fit.style.thread && !fits([...said, url].join("\n\n"))
      ? threadOf(said, url, fits)
      : [own ? ownText(own, url, fits) : templateText(post, summary, fit, templates(fit.adapter), words, fits)];
  return {
    medium: "note",
    postId: post.id,
    revision: post.revision,
    url: post.url,
    title: legalLine(post.title),
    language: validLanguage(post.language),
    text: first + text,
    thread,
    summary,
    tags: post.tags,
    card: { title: legalLine(post.title), description: summary, ...picture },
    ...picture,
    ...(warning !== "" && fit.warnings && { contentWarning: warning }),
  };
}

type Fits = (text: string) => boolean;

/** Without the permalink at the end, which is added automatically. */
function ownWords(post: Post, { channel, adapter, words: written = "" }: NoteFit): string {
  const words = ownTextOf(post, channel, adapter) ?? written;
  const text = legalText(words).trim();
  return text.endsWith(post.url) ? text.slice(0, -post.url.length).trimEnd() : text;
}

function aboutItself(post: Post, summary: string): string[] {
  const title = legalLine(post.title);
  return summary.startsWith(title) ? [summary] : [title, summary].filter((part) => part !== "");
}

function ownText(own: string, url: string, fits: Fits): string {
  const withLink = (words: string): string => (words === "" ? url : `${words}\n\n${url}`);
  const enough = (words: string): boolean => fits(withLink(words));
  return withLink(longest(sentencesOf(own), enough) || clipped(own, enough));
}

function templateText(
  post: Post,
  about: string,
  { hashtags: most, style }: NoteFit,
  template: NoteTemplate,
  words: Pick<NoteWords, "author" | "site" | "url">,
  fits: Fits,
): string {
  const [lead = "", summary = ""] = aboutItself(post, about);
  const tags = hashtagsOf(post.tags, style.tagNames ?? {}, style.hashtags === false ? 0 : (style.hashtags ?? most));
  const say = (title: string, more: string, number: number): string =>
    template({ ...words, title, summary: more, hashtags: tags.slice(0, number).join(" ") });
  const whole = say(lead, summary, tags.length);
  if (fits(whole)) return whole;
  // A sentence of the summary is more important than a hashtag, and the complete title more than both.
  for (const shorter of summary === "" ? [] : waysToShorten(post, summary))
    for (let number = tags.length; number >= 0; number--) {
      const more = shorter((part) => fits(say(lead, part, number)));
      if (more !== "") return say(lead, more, number);
    }
  const title = longest(sentencesOf(lead), (part) => fits(say(part, "", 0)));
  const begun = title || clipped(lead, (part) => fits(say(part, "", 0)));
  if (begun === "") return words.url;
  const number = title === lead ? tags.findLastIndex((_, index) => fits(say(lead, "", index + 1))) + 1 : 0;
  return say(begun, "", number);
}

/** In characters. The least length of an incomplete sentence that still says what the post is about. */
const enoughBegun = 100;
const fewestBegun = 50;
/** In characters. The greatest length of chosen sentences if there is no summary. */
const mostSummary = 280;

/**
 * As many sentences of the summary as fit, from its beginning. If not even the first fits, its beginning is used,
 * because the author leads into the post with it. If that is too short, the key sentences are used.
 */
function waysToShorten(post: Post, summary: string): ((fits: Fits) => string)[] {
  const begun = (least: number) => (fits: Fits) => {
    const words = clippedAtClause(summary, fits);
    return graphemesOf(words).length < least ? "" : words;
  };
  return [
    (fits) => longest(sentencesOf(summary), fits),
    begun(enoughBegun),
    (fits) => keySentencesOf(post, fits),
    begun(fewestBegun),
  ];
}

function keySentencesOf(post: Post, fits: Fits): string {
  const paragraphs = readOutline(post.body).paragraphs.map(({ text }) => legalLine(text));
  return keySentences(paragraphs, fits);
}

/** The permalink with parameters for the site's statistics. */
function taggedUrl(address: string, utm: NoteStyle["utm"]): string {
  if (!utm || Object.keys(utm).length === 0) return address;
  const url = new URL(address);
  for (const [name, value] of Object.entries(utm)) url.searchParams.set(name, value);
  return url.href;
}
