/** Everything that the sending code uses; `app/sending.ts` provides it. */

import type { EmailRecipient, Transport } from "#core/adapter.ts";
import type { Clock } from "#core/clock.ts";
import type { Log } from "#core/log.ts";
import type { Post } from "#core/posts/post.ts";
import type { ChannelPublication } from "#core/publishing/publication.ts";
import type { Rendition } from "#core/renditions/rendition.ts";
import type { Rate } from "#core/sending/sending.ts";
import type { WireLog } from "#core/sending/wire-log.ts";
import type { Ledger } from "./ledger.ts";
import type { JobQueue } from "./queue.ts";

/** The parts of a channel, or of a channel's publication, that a rendition depends on. */
export type RenderingFor = Pick<ChannelPublication, "channel" | "adapter" | "medium" | "list">;

/** The email that contains the links. Their lifetime depends on it. */
export interface LinkedMail {
  postId: string;
  publishedAt: Date;
  /** The delivery's key. */
  key: string;
}

export type RecipientLinks = Pick<EmailRecipient, "unsubscribeUrl" | "preferencesUrl" | "seenBy"> &
  Partial<Pick<EmailRecipient, "viewUrl">>;

/** Checks a page. Empty: it shows the post. Otherwise its answer, in a few words. */
export type IsLive = (post: Post) => Promise<string>;

/** The ports of the sending code. */
export interface SendingPorts {
  ledger: Ledger;
  queue: JobQueue;
  /** Renders a stored post for a channel, and caches the result. */
  render(post: Post, channel: RenderingFor): Promise<Rendition>;
  /** The rendition that a publication sends. An email is rendered once and is the same for every reader. */
  rendition(publication: ChannelPublication): Promise<Rendition>;
  /** The opened channel. The same one for every call until the process ends. */
  transport(channel: string): Promise<Transport>;
  /** Tells in the post's front matter and in feeds, where that is wanted, where its copies stand. @param postId - default: those of late. */
  shareLinks(postId?: string): Promise<void>;
  /** Checks whether the post's page is online. */
  isLive: IsLive;
  /** The recipient's own links. */
  links(recipient: string, list: string, channel: string, mail?: LinkedMail): RecipientLinks;
  /** The rate of an adapter's network, for channels whose configuration sets no rate. */
  networkRate(adapter: string): Rate;
  /** Adapters for which sending twice has the effect of sending once. */
  idempotentAdapters: readonly string[];
  wireLog: WireLog;
  clock: Clock;
  log: Log;
}
