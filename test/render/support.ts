/** Posts, a site and a renderer for the tests of this folder. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Post, Site } from "#core/posts/post.ts";
import type { EmailRendition, NoteFit, Renderer } from "#core/renditions/rendition.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import { openRenderer } from "#render/renderer.ts";
import { buildMessage } from "#smtp/message/message.ts";

export const root = fileURLToPath(new URL("../../", import.meta.url));
export const templatesDir = `${root}templates`;

export const site: Site = {
  title: "The Reading Room",
  url: "https://room.example.org",
  description: "Letters from a library that is mostly windows.",
  language: "en",
  timezone: "UTC",
  postalAddress: "The Reading Room, 7 Quiet Lane, 90210 Example",
};

export const list = { name: "letters", title: "Letters" };

export const openTestRenderer = (): Promise<Renderer> => openRenderer({ templatesDir, site });

export function makePost(body: string, more: Partial<Post> = {}): Post {
  return {
    id: "posts/sample.md",
    path: "posts/sample.md",
    revision: sha256(`${more.title}\n${body}`),
    title: "The reading room opens again",
    url: "https://room.example.org/blog/sample/",
    publishedAt: "2026-05-04T09:00:00.000Z",
    language: "en",
    direction: "ltr",
    authors: [{ name: "Ada Quill" }],
    tags: ["News"],
    summary: { text: "The shelves are new, the tea is good, and the doors open on Monday.", source: "paragraph" },
    status: "ready",
    body,
    bodyLine: 1,
    diagnostics: [],
    ...more,
  };
}

const read = (name: string): string =>
  readFileSync(new URL(`../golden/render/posts/${name}.md`, import.meta.url), "utf8");

/** Plain words, every element at once, and right to left. */
export const samples: Record<string, Post> = {
  plain: makePost(read("plain"), { id: "posts/plain.md" }),
  everything: makePost(read("everything"), {
    id: "posts/everything.md",
    title: 'Everything a post can hold, & "more" <than> that',
    summary: { text: "One of each, so that nothing is left to chance.", source: "frontmatter" },
    authors: [{ name: "Ada Quill" }, { name: "Bo Lamp" }],
    image: { url: "https://room.example.org/img/lead.jpg", alt: "The room at noon" },
  }),
  rtl: makePost(read("rtl"), {
    id: "posts/rtl.md",
    title: "قاعة القراءة تُفتح من جديد",
    language: "ar",
    direction: "rtl",
    authors: [{ name: "ليلى" }],
    summary: { text: "تُفتح قاعة القراءة من جديد يوم الاثنين.", source: "paragraph" },
  }),
};

const segmenter = new Intl.Segmenter();

/** As most networks count. */
export const graphemes = (text: string): number => [...segmenter.segment(text)].length;

/** The mail as a reader gets it, with or without a page of preferences. */
export function compose(rendition: EmailRendition, more: { preferencesUrl?: string } = {}): Promise<Buffer> {
  const recipient = {
    address: "reader@example.org",
    name: "Grace",
    list,
    unsubscribeUrl: "https://news.example.org/unsubscribe/AbC123",
    viewUrl: "https://news.example.org/archive/1",
    confirmUrl: "https://news.example.org/confirm/AbC123",
    ...more,
  };
  const envelope = { key: sha256(rendition.html), rendition, recipient, publishedAt: new Date("2026-05-04T09:00:00Z") };
  return buildMessage(envelope, { from: "The Reading Room <letters@example.org>" });
}

/** A network that counts as told and asks for nothing else. */
export function aFit(maxLength: number, measure: (text: string) => number, more: Partial<NoteFit> = {}): NoteFit {
  const fit = { channel: "social", adapter: "social", maxLength, measure };
  return { ...fit, hashtags: 0, threads: false, warnings: false, card: "crawl", style: {}, ...more };
}
