/** A post prepared for one medium. The same post, template and settings give the same rendition, byte for byte. */

import type { Author, Post } from "./post.ts";

export type Medium = "email" | "feed" | "note";

export type Rendition<M extends Medium = Medium> = {
  email: EmailRendition;
  feed: FeedRendition;
  note: NoteRendition;
}[M];

interface Common {
  postId: string;
  revision: string;
  /** The permalink. */
  url: string;
  title: string;
  language: string;
}

export interface EmailRendition extends Common {
  medium: "email";
  /** One line of plain text. */
  subject: string;
  preheader: string;
  html: string;
  text: string;
  /** Tokens in `html` and `text` that each recipient's own values replace. */
  slots: EmailSlots;
}

/**
 * Where a recipient's values go. A token contains a hash over the post that holds it, so that no author can type one;
 * letters and digits only, so that escaping never changes it.
 */
export interface EmailSlots {
  unsubscribeUrl: string;
  viewUrl: string;
}

export interface FeedRendition extends Common {
  medium: "feed";
  /** Plain text. */
  summary: string;
  /** Sanitised HTML, every URL absolute. */
  html: string;
  authors: Author[];
  tags: string[];
  publishedAt: string;
  image?: { url: string; alt: string };
}

export interface NoteRendition extends Common {
  medium: "note";
  /** Fits the channel by its adapter's own measure, with the permalink at its end. */
  text: string;
  summary: string;
  tags: string[];
  image?: { url: string; alt: string };
}

/** Makes renditions from the operator's templates. */
export interface Renderer {
  /** Changes whenever a template or the theme does: part of every memo's key. */
  readonly version: string;
  email(post: Post, list: { name: string; title: string }): Promise<EmailRendition>;
  feed(post: Post): FeedRendition;
  /** @param fit - the longest text that the network takes, counted by its own rule. */
  note(post: Post, fit: { maxLength: number; measure(text: string): number }): NoteRendition;
}
