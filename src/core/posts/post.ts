/** The author's article, normalised. All later steps use this object and never the file. */

import type { Diagnostic } from "./diagnostic.ts";

export interface Post {
  /** Stable identity: the id in the front matter, or else the path inside the content folder. Never the slug, title or date. */
  id: string;
  /** The path of its file, as given. Only for messages. */
  path: string;
  /** The path inside the content folder, if the front matter has no id. */
  fileName?: string;
  /** SHA-256 of the normalised source, 64 hex digits: the same text always has the same revision. */
  revision: string;
  /** Plain text, no Markdown, no HTML. */
  title: string;
  /** Absolute https (or http) address of the post on its site: the permalink. */
  url: string;
  publishedAt: string;
  updatedAt?: string;
  /** BCP 47, for instance `en` or `pt-BR`. */
  language: string;
  direction: "ltr" | "rtl";
  authors: Author[];
  tags: string[];
  summary: Summary;
  /** The author's own text for social networks, if the front matter has one. */
  shareText?: string;
  /** The same for one network or channel, by its name. These take precedence. */
  socialTexts?: Readonly<Record<string, string>>;
  /** The author's setting whether it is posted to a network or channel, by its name; `default` for all others. */
  networks?: Readonly<Record<string, boolean>>;
  /** Hides a social post until a reader opens it. */
  contentWarning?: string;
  /** The author's setting whether it is sent by email; absent: the list's setting. */
  mail?: boolean;
  /** The author's own subject for the email; several for a subject test. */
  subjects?: string[];
  image?: PostImage;
  status: PostStatus;
  /** Not public, or not to be indexed: the setting in the front matter, such as `visibility: members`. Feeds must not contain it. */
  limited?: string;
  /**
   * GFM with footnotes and GitHub alerts, line ends `\n`, without front matter and generator syntax. Its lines match
   * the lines of the file.
   */
  body: string;
  /** Line of the source file on which `body` begins, counted from 1. */
  bodyLine: number;
  diagnostics: Diagnostic[];
  /** The post is an edition of a campaign and not a file. Its email is already stored. */
  edition?: { job: string; number: number };
}

/** The author's text for this channel, or else for its network, or else for all networks. */
export function ownTextOf({ socialTexts = {}, shareText }: Post, channel: string, adapter: string): string | undefined {
  return socialTexts[channel] ?? socialTexts[adapter] ?? socialTexts["default"] ?? shareText;
}

/** Why a post is not posted to a channel unless the channel is named; empty: it is posted. A text for a network means yes. */
export function whyNotPosted(
  { networks = {}, socialTexts = {} }: Pick<Post, "networks" | "socialTexts">,
  channel: string,
  adapter: string,
): string {
  const name = [channel, adapter, "default"].find(
    (each) => Object.hasOwn(socialTexts, each) || Object.hasOwn(networks, each),
  );
  return name !== undefined && networks[name] === false ? "its front matter turns it off" : "";
}

/** Which posts a list gets automatically: all, or only marked ones. A post's own setting takes precedence. */
export const mailedPosts = ["all", "marked"] as const;
export type MailedPosts = (typeof mailedPosts)[number];

/** Why a post is not sent to a list unless the channel is named; empty: it is sent. */
export function whyNotMailed({ mail }: Pick<Post, "mail">, mailed: MailedPosts): string {
  if (mail === false) return "its front matter excludes it from email";
  return mail === undefined && mailed === "marked" ? "the list only gets posts with `email: true`" : "";
}

/** `ready` may be published; `draft` never; `scheduled` after its date; `held` after its errors are fixed. */
export type PostStatus = "ready" | "draft" | "scheduled" | "held";

export interface Author {
  name: string;
  url?: string;
  email?: string;
}

/** Plain text for list views, previews and notes. */
export interface Summary {
  /** Plain text; empty when the source is `none`. */
  text: string;
  source: "frontmatter" | "marker" | "paragraph" | "flattened" | "none";
}

export interface PostImage {
  /** Absolute address. */
  url: string;
  alt: string;
}

/** The site that the posts belong to, from `postrider.yaml`. */
export interface Site {
  title: string;
  /** Absolute, without a slash at the end. */
  url: string;
  description: string;
  language: string;
  /** IANA name; `UTC` unless configured. */
  timezone: string;
  /** Shown at the end of each email (CAN-SPAM §7704(a)(5)). */
  postalAddress?: string;
  logo?: string;
}

/** The parts of a post that decide who already received it from another service. */
export interface DatedPost {
  id: string;
  /** ISO 8601. */
  publishedAt: string;
  path?: string;
  fileName?: string;
  /** Since when its file has existed; absent if this is unknown. */
  knownSince?: Date | null;
}
