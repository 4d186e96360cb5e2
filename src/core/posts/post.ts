/** The author's article, normalised. Everything later uses this and never the file. */

import type { Diagnostic } from "./diagnostic.ts";

export interface Post {
  /** Stable identity: the front matter's own id, else the path inside the content folder. Never the slug, title or date. */
  id: string;
  /** The file it came from, as given. For people; nothing is keyed on it. */
  path: string;
  /** The path inside the content folder, where the post has no id but that. */
  fileName?: string;
  /** SHA-256 of the normalised source, 64 hex digits: the same text has the same revision on every machine. */
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
  /** The author's own words for social networks, when the front matter has them. */
  shareText?: string;
  /** The same for one network or channel, by its name: these win. */
  socialTexts?: Readonly<Record<string, string>>;
  /** The author's own word on whether it is posted to a network or channel, by its name; `default` for all others. */
  networks?: Readonly<Record<string, boolean>>;
  /** Shown in place of a note until somebody wants to see it. */
  contentWarning?: string;
  /** The author's own word on whether it is mailed; absent: what its list says. */
  mail?: boolean;
  /** The author's own words for the subject of the mail; several to see which is opened more. */
  subjects?: string[];
  image?: PostImage;
  status: PostStatus;
  /** Not for everybody, or not to be found: what the front matter says, such as `visibility: members`. No feed may have it. */
  limited?: string;
  /** GFM with footnotes and GitHub alerts, line ends `\n`: no front matter, and nothing that only one generator knows. Each line is that of the file. */
  body: string;
  /** Line of the source file on which `body` begins, counted from 1. */
  bodyLine: number;
  diagnostics: Diagnostic[];
  /** It is no file but an edition of a campaign: its mail is written and frozen already. */
  edition?: { job: string; number: number };
}

/** What the author wrote for this channel, else for its network, else for all of them. */
export function ownTextOf({ socialTexts = {}, shareText }: Post, channel: string, adapter: string): string | undefined {
  return socialTexts[channel] ?? socialTexts[adapter] ?? socialTexts["default"] ?? shareText;
}

/** Why a post is not posted to a channel unless somebody names that; empty: it is. Words for a network mean yes. */
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

/** Which posts a list is mailed by itself: every one, or those whose front matter says so. A post's own word wins. */
export const mailedPosts = ["all", "marked"] as const;
export type MailedPosts = (typeof mailedPosts)[number];

/** Why a post is not mailed to a list unless somebody names the channel; empty: it is. */
export function whyNotMailed({ mail }: Pick<Post, "mail">, mailed: MailedPosts): string {
  if (mail === false) return "its front matter excludes it from email";
  return mail === undefined && mailed === "marked" ? "the list only gets posts with `email: true`" : "";
}

/** `ready` may go out; `draft` never; `scheduled` once its date has come; `held` not before its errors are mended. */
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
  /** Printed at the foot of each mail (CAN-SPAM §7704(a)(5)). */
  postalAddress?: string;
  logo?: string;
}

/** A post, as far as it matters who had it already. */
export interface DatedPost {
  id: string;
  /** ISO 8601. */
  publishedAt: string;
  path?: string;
  fileName?: string;
  /** Since when its file has been there; absent: that is not known. */
  knownSince?: Date | null;
}
