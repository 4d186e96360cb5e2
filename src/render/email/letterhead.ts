/** What surrounds an article in an email, as plain text: title, byline, preheader, and why the reader gets it. */

import { legalLine } from "#core/posts/legal-text.ts";
import type { Post, Site } from "#core/posts/post.ts";
import { type Node, textOf } from "#render/article/tree.ts";
import type { Words } from "#render/words/words.ts";

/** Everything around the article. */
export interface Letterhead {
  title: string;
  dek: string;
  /** Author, date, reading time. */
  meta: string;
  preheader: string;
  reason: string;
  language: string;
  words: Words;
}

export interface Circumstances {
  listTitle: string;
  words: Words;
  language: string;
  article: readonly Node[];
  site: Site;
}

export function letterhead(post: Post, { listTitle, words, language, article, site }: Circumstances): Letterhead {
  const opening = legalLine(article[0] ? textOf(article[0]) : "");
  const summary = legalLine(post.summary.text);
  // A summary from the body would be shown twice.
  const dek = post.summary.source === "frontmatter" && summary !== opening ? summary : "";
  const text = article.map(textOf).join(" ");
  const seconds =
    (text.split(/\s+/).length / wordsPerMinute + (text.match(unspaced)?.length ?? 0) / charactersPerMinute) * 60;
  const meta = [
    bylineOf(post, words),
    dateLine(post.publishedAt, language, site),
    words.minutes(Math.max(1, Math.round(seconds / 60))),
  ];
  const title = legalLine(post.title);
  const reason = words.reason(legalLine(listTitle), legalLine(site.title));
  return {
    title,
    dek,
    meta: meta.filter(Boolean).join(" · "),
    preheader: preheaderFrom(
      [summary, ...article.map(textOf).map(legalLine), legalLine(site.description), reason],
      title,
    ),
    reason,
    language,
    words,
  };
}

/** The authors, or nothing. */
export function bylineOf(post: Post, words: Words): string {
  const names = new Intl.ListFormat(words.language).format(post.authors.map(({ name }) => legalLine(name)));
  return names && words.by(names);
}

/** A date as text, or nothing if it is invalid. */
export function dateLine(at: string, language: string, { timezone }: Site): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return "";
  return dateFormat(language, timezone).format(date);
}

/** Cached, because creating one is the most expensive part. */
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(language: string, timeZone: string): Intl.DateTimeFormat {
  const key = `${language} ${timeZone}`;
  const known = dateFormats.get(key) ?? new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone });
  dateFormats.set(key, known);
  return known;
}

const wordsPerMinute = 230;
/** Chinese and Japanese have no spaces between words, so characters are counted. */
const charactersPerMinute = 500;
const unspaced = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/gu;
/** The length that the widest inbox shows next to the subject. */
const preheaderLength = { least: 20, most: 140 };

/** The first text that differs from the subject, cut at a word. */
function preheaderFrom(candidates: readonly string[], title: string): string {
  // Text that looks like markup makes spam filters suspicious, and is useless in this line.
  const plain = candidates.map((each) => legalLine(withoutMarkup(each)));
  const text = plain.find((candidate) => candidate.length >= preheaderLength.least && candidate !== title) ?? "";
  if (text.length <= preheaderLength.most) return text;
  return `${text
    .slice(0, preheaderLength.most)
    .toWellFormed()
    .replace(/\ufffd$/, "")
    .replace(/\s+\S{0,24}$/, "")}…`;
}

function withoutMarkup(text: string): string {
  // After the last bracket no tag can end. Searching its end from each `<` would be quadratic.
  const end = text.lastIndexOf(">") + 1;
  return text.slice(0, end).replace(/<\/?[a-z!][^>]*>|\*\*/gi, " ") + text.slice(end).replaceAll("**", " ");
}
