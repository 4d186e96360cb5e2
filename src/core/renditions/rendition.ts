/** A post prepared for one medium. The same post, template and settings give the same bytes. */

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
  /** Where there are several, all of them: `subject` is the first. */
  subjects?: string[];
  preheader: string;
  html: string;
  text: string;
  /** Tokens in `html` and `text` that each recipient's own values replace. */
  slots: EmailSlots;
  /** Used for readers without a name. */
  fallbackName: string;
  /** Pictures that travel inside the mail. */
  attachments: Attachment[];
}

/**
 * Where a recipient's values go. A token contains a hash over the post that holds it, so that no author can type one;
 * letters and digits only, so that escaping never changes it.
 */
export interface EmailSlots {
  unsubscribeUrl: string;
  viewUrl: string;
  preferencesUrl: string;
  /** Stands before and after what is left out for a recipient without a page of preferences. */
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
  /** With size and type where they are known: an enclosure needs both. */
  image?: { url: string; alt: string } & Partial<PictureFile>;
}

export interface NoteRendition extends Common {
  medium: "note";
  /** Fits the channel by its adapter's own measure, with the permalink at its end. */
  text: string;
  /** Further parts, each an answer to the one before; they end with the permalink then. Empty unless the channel asks for it. */
  thread: string[];
  summary: string;
  tags: string[];
  /** What the preview of the link shows, for networks to which the sender has to give it. */
  card: NoteCard;
  image?: { url: string; alt: string };
  /** Shown in place of the text until somebody wants to see it. */
  contentWarning?: string;
}

export interface NoteCard {
  title: string;
  description: string;
  image?: { url: string; alt: string };
}

/** How one channel wants its notes. */
export interface NoteStyle {
  /** At most so many hashtags; `false` for none. Default: as many as the network bears. */
  hashtags?: number | false;
  /** How a tag is spelt as a hashtag, by the tag in small letters; empty: never. Default: its words run together. */
  tagNames?: Readonly<Record<string, string>>;
  /** Goes on in answers where one text is too short. Default `false`. */
  thread?: boolean;
  /** Whether the site's language model, where there is one, writes for it. Default `true`. */
  writer?: boolean;
  /** Added to the permalink, such as `utm_source`. Default: nothing. */
  utm?: Readonly<Record<string, string>>;
}

/** Makes renditions from the operator's templates. */
export interface Renderer {
  /** Changes whenever a template or the theme does: part of every memo's key. */
  readonly version: string;
  email(post: Post, list: MailingList): Promise<EmailRendition>;
  /** The mail as everybody may see it: without the ways out that are a reader's own. */
  archived(post: Post, list: MailingList): Promise<EmailRendition>;
  /** Several posts in one mail. */
  digest(digest: Digest): Promise<EmailRendition>;
  /** The question whether somebody wants to be on a list; its button leads to the recipient's `confirmUrl`. */
  confirm(letter: Letter): Promise<EmailRendition>;
  /** The first mail after that. */
  welcome(letter: Letter): Promise<EmailRendition>;
  /** The way to what is known of somebody; its button leads to the recipient's `confirmUrl`. */
  data(letter: Letter): Promise<EmailRendition>;
  /** What the mail of a post changes of it, and what mail clients make of the mail. For people: slower than `email`. */
  fidelity(post: Post, list: MailingList): Promise<Fidelity>;
  feed(post: Post): Promise<FeedRendition>;
  note(post: Post, fit: NoteFit): NoteRendition;
}

/** What a note has to fit. */
export interface NoteFit {
  channel: string;
  adapter: string;
  /** The longest text that the network takes, counted by its own rule. */
  maxLength: number;
  measure(text: string): number;
  /** Hashtags that the network's readers bear. */
  hashtags: number;
  threads: boolean;
  /** The network hides a text behind its content warning. */
  warnings: boolean;
  /** The network shows the link beside the text. */
  card: "client" | "crawl" | "none";
  style: NoteStyle;
  /** Checked words of a language model, in place of ours where the author has none. */
  words?: string;
}

export interface MailingList {
  name: string;
  title: string;
}

export interface Digest {
  list: MailingList;
  /** Newest first, as they shall appear. */
  posts: readonly Post[];
  /** Default: the words for "new on this site". */
  subject?: string;
  /** BCP 47. Default: the site's. */
  language?: string;
  /** Of what it covers, for instance the edition's own: part of its identity. */
  publishedAt: string;
  /** Markdown, before the posts. */
  intro?: string;
  /** The posts in groups, as they follow one another: the heading of each, and how many posts stand below it. */
  groups?: readonly { title: string; count: number }[];
  /** A template of `email/` in place of `digest`, without its ending. */
  template?: string;
  /** As the ledger knows it, and its address. Absent: it is known by its content, and is nowhere on the web. */
  edition?: { id: string; url: string; onWeb: boolean };
  /** As everybody may see it: without the ways out that are a reader's own. */
  archived?: boolean;
}

export interface Letter {
  list: MailingList;
  /** BCP 47. Default: the site's. */
  language?: string;
}
