/** A post prepared for one medium. The same post, template and settings always give the same bytes. */

import type { Attachment, PictureFile } from "#core/posts/picture.ts";
import type { Author, Post } from "#core/posts/post.ts";
import type { Fidelity } from "./fidelity.ts";

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
  /** All subjects, if there are several; `subject` is the first. */
  subjects?: string[];
  preheader: string;
  html: string;
  text: string;
  /** Tokens in `html` and `text` that each recipient's own values replace. */
  slots: EmailSlots;
  /** Used for readers without a name. */
  fallbackName: string;
  /** Pictures that are attached to the email. */
  attachments: Attachment[];
}

/**
 * Tokens for a recipient's values. A token contains a hash of its post, so that no author can type it. It has only
 * letters and digits, so that escaping never changes it.
 */
export interface EmailSlots {
  unsubscribeUrl: string;
  viewUrl: string;
  preferencesUrl: string;
  /** Marks the beginning and end of the part that is removed for a recipient without a preferences page. */
  preferences: string;
  confirmUrl: string;
  name: string;
  /** Only if opens and clicks are tracked: identifies the delivery. */
  seenBy?: string;
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
  /** With size and type if they are known, because an enclosure needs both. */
  image?: { url: string; alt: string } & Partial<PictureFile>;
}

export interface NoteRendition extends Common {
  medium: "note";
  /** Fits the channel's limit, measured by its adapter, with the permalink at its end. */
  text: string;
  /** Further parts, each a reply to the one before; the last one ends with the permalink. Empty unless the channel uses threads. */
  thread: string[];
  summary: string;
  tags: string[];
  /** The content of the link preview, for networks where the sender must provide it. */
  card: NoteCard;
  image?: { url: string; alt: string };
  /** Hides the text until a reader opens it. */
  contentWarning?: string;
}

export interface NoteCard {
  title: string;
  description: string;
  image?: { url: string; alt: string };
}

/** A channel's settings for social posts. */
export interface NoteStyle {
  /** The maximum number of hashtags; `false` for none. The default depends on the network. */
  hashtags?: number | false;
  /** The hashtag for a tag, by the tag in lower case; empty: no hashtag. Default: its words joined. */
  tagNames?: Readonly<Record<string, string>>;
  /** Continues a long text in replies. Default `false`. */
  thread?: boolean;
  /** Whether the site's language model writes for this channel, if there is one. Default `true`. */
  writer?: boolean;
  /** Added to the permalink, such as `utm_source`. Default: nothing. */
  utm?: Readonly<Record<string, string>>;
}

/** Makes renditions from the operator's templates. */
export interface Renderer {
  /** Changes with the templates and the theme. Part of every cache key. */
  readonly version: string;
  email(post: Post, list: MailingList): Promise<EmailRendition>;
  /** The public version of the email, without personal links. */
  archived(post: Post, list: MailingList): Promise<EmailRendition>;
  /** Several posts in one mail. */
  digest(digest: Digest): Promise<EmailRendition>;
  /** The confirmation email; its button leads to the recipient's `confirmUrl`. */
  confirm(letter: Letter): Promise<EmailRendition>;
  /** The welcome email after the confirmation. */
  welcome(letter: Letter): Promise<EmailRendition>;
  /** The email with the link to a reader's data; its button leads to the recipient's `confirmUrl`. */
  data(letter: Letter): Promise<EmailRendition>;
  /** How the email differs from the post, and what email clients don't support. Slower than `email`. */
  fidelity(post: Post, list: MailingList): Promise<Fidelity>;
  feed(post: Post): Promise<FeedRendition>;
  note(post: Post, fit: NoteFit): NoteRendition;
}

/** The limits for a social post. */
export interface NoteFit {
  channel: string;
  adapter: string;
  /** The greatest length of a text, by the network's own rule. */
  maxLength: number;
  measure(text: string): number;
  /** The number of hashtags that is usual on the network. */
  hashtags: number;
  threads: boolean;
  /** The network can hide a text behind a content warning. */
  warnings: boolean;
  /** How the network shows the link. */
  card: "client" | "crawl" | "none";
  style: NoteStyle;
  /** A checked text from a language model, used if the author has written none. */
  words?: string;
}

export interface MailingList {
  name: string;
  title: string;
}

export interface Digest {
  list: MailingList;
  /** In the order in which they are shown. */
  posts: readonly Post[];
  /** Default: "New on …" in the site's language. */
  subject?: string;
  /** BCP 47. Default: the site's. */
  language?: string;
  /** The date of the digest, for instance the edition's time. Part of its identity. */
  publishedAt: string;
  /** Markdown, before the posts. */
  intro?: string;
  /** Consecutive groups of posts: the heading of each, and its number of posts. */
  groups?: readonly { title: string; count: number }[];
  /** A template in `email/` that replaces `digest`, without its extension. */
  template?: string;
  /** Its id in the ledger, and its address. Absent: it is identified by its content and has no address. */
  edition?: { id: string; url: string; onWeb: boolean };
  /** The public version, without personal links. */
  archived?: boolean;
}

export interface Letter {
  list: MailingList;
  /** BCP 47. Default: the site's. */
  language?: string;
}
