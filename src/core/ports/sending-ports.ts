/** Everything that the sending verbs work with; `app/sending.ts` brings it. */

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

/** A channel, or its part in a publication, as far as a rendition depends on it. */
export type RenderingFor = Pick<ChannelPublication, "channel" | "adapter" | "medium" | "list">;

/** Which mail the links stand in: they last as long as it is likely to be looked at. */
export interface LinkedMail {
  postId: string;
  publishedAt: Date;
  /** The delivery's. */
  key: string;
}

export type RecipientLinks = Pick<EmailRecipient, "unsubscribeUrl" | "preferencesUrl" | "seenBy"> &
  Partial<Pick<EmailRecipient, "viewUrl">>;

/** Looks at a page. Empty: it shows the post. Otherwise what it answered, in a few words. */
export type IsLive = (post: Post) => Promise<string>;

/** What the sending verbs work with. */
export interface SendingPorts {
  ledger: Ledger;
  queue: JobQueue;
  /** Renders a stored post for a channel; remembers what it has rendered. */
  render(post: Post, channel: RenderingFor): Promise<Rendition>;
  /** What a publication goes out with: a mail is written once and is the same for every reader. */
  rendition(publication: ChannelPublication): Promise<Rendition>;
  /** The opened channel. The same one for every call until the process ends. */
  transport(channel: string): Promise<Transport>;
  /** Tells in the post's front matter and in feeds, where that is wanted, where its copies stand. @param postId - default: those of late. */
  shareLinks(postId?: string): Promise<void>;
  /** Looks whether the post's page is there for readers. */
  isLive: IsLive;
  /** The recipient's own links. */
  links(recipient: string, list: string, channel: string, mail?: LinkedMail): RecipientLinks;
  /** How much an adapter's network takes: for channels whose configuration sets no rate. */
  networkRate(adapter: string): Rate;
  /** Adapters for which sending twice has the effect of once. */
  idempotentAdapters: readonly string[];
  wireLog: WireLog;
  clock: Clock;
  log: Log;
}
