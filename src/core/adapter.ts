/** The contract that every file in `src/adapters/` fulfils: one file adds a network. */

import type { Clock } from "./clock.ts";
import type { FeedShelf } from "./feed.ts";
import type { Log } from "./log.ts";
import type { Site } from "./posts/post.ts";
import type { Medium, Rendition } from "./renditions/rendition.ts";
import type { Failure, Receipt } from "./sending/delivery.ts";

/** Code for one network: the default export of its file. `C` is its parsed configuration. */
export interface Adapter<M extends Medium = Medium, C = unknown> {
  /** The value of `adapter:` in `postrider.yaml`, and the file's name. */
  readonly name: string;
  readonly medium: M;
  readonly config: Schema<C>;
  readonly traits: Traits;
  /** Measures a text by the network's rule, or by a server's rule if its `limits` are given. Default: graphemes. */
  measure?(text: string, limits?: NoteLimits): number;
  open(config: C, tools: Tools): Promise<Transport<M>>;
}

export interface Traits {
  /** Sending the same key twice has the effect of sending it once, so an uncertain delivery may be sent again. */
  readonly idempotent: boolean;
  /** The longest text, by `measure`. For `note` only. */
  readonly maxLength?: number;
  /** The maximum number of posts per minute and channel, by the network's documentation. Used if the configuration sets no pace. */
  readonly perMinute?: number;
  /** The number of hashtags that is usual on this network. Default 0. For `note` only. */
  readonly hashtags?: number;
  /** A long text may continue in replies. */
  readonly threads?: boolean;
  /** The network can hide a text behind a content warning. Otherwise the warning becomes the first line of the text. */
  readonly warnings?: boolean;
  /** Who creates the link preview: we (`client`), the network from the page (`crawl`), or nobody. Default `crawl`. */
  readonly card?: "client" | "crawl" | "none";
}

/** The limits of one server, for networks whose servers differ. */
export interface NoteLimits {
  /** Measured by the adapter's `measure`. */
  maxLength: number;
  /** The length that every link counts as. */
  urlLength?: number;
  /** The maximum number of characters in a picture's description. */
  altLength?: number;
}

/** The part of a schema library that core needs to know (Standard Schema, https://standardschema.dev). */
export interface Schema<T> {
  readonly "~standard": {
    readonly validate: (value: unknown) => SchemaResult<T> | Promise<SchemaResult<T>>;
    readonly types?: { readonly input: unknown; readonly output: T } | undefined;
  };
}
type SchemaResult<T> =
  | { readonly value: T; readonly issues?: undefined }
  | {
      readonly issues: readonly {
        readonly message: string;
        readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
      }[];
    };

/** The tools that an adapter may use. */
export interface Tools {
  /** The channel's name, for logs and messages. */
  readonly channel: string;
  readonly site: Site;
  /** The public address of our server: `server.url`, or else the site's address. No slash at the end. */
  readonly publicUrl: string;
  /** Relative paths in a channel's configuration are relative to this folder: that of `postrider.yaml`. */
  readonly baseDir: string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly log: Log;
  /** This process's share of the connections, if several processes send for the channel. Called repeatedly. */
  share(connections: number): number;
  /** Signs values that come back to us, such as a return path. Absent if nothing is really sent. */
  readonly secret?: string;
  /** The channel's stored feed. Only adapters of medium `feed` need it. */
  readonly feed: FeedShelf;
  /** Values that the channel got later, such as a refreshed token. */
  readonly keep: Keep;
}

/** A channel's own secrets, stored encrypted and shared by all workers. */
export interface Keep {
  read(): Promise<unknown>;
  /**
   * Lets one worker at a time read and replace the value: two workers that refresh a token at the same time would
   * invalidate each other's token. The result of `change` is stored and returned; `undefined` changes nothing.
   */
  change(change: (kept: unknown) => Promise<unknown>): Promise<unknown>;
}

/** An opened channel. It supports an operation if it has the method. */
export interface Transport<M extends Medium = Medium> extends AsyncDisposable {
  /** How many `send` calls may run at the same time; 0 while other processes use all connections. Default 1. */
  readonly concurrency?: number;
  /** The limits of this server, if servers of the network differ. Called before a note is made. @throws DeliveryError */
  limits?(signal: AbortSignal): Promise<NoteLimits>;
  /** Resolves once the other side has taken responsibility; throws `DeliveryError` otherwise. */
  send(envelope: Envelope<M>, signal: AbortSignal): Promise<Receipt>;
  /**
   * Sends many envelopes over the channel's connections. It takes the next envelope only when it can be sent soon,
   * reports the beginning of each, and reports exactly one result for each that it took. Resolves when there are no
   * more envelopes and all have a result. Consecutive envelopes mostly share their rendition (the same object).
   */
  sendMany?(envelopes: AsyncIterable<Envelope<M>>, progress: SendProgress<M>, signal: AbortSignal): Promise<void>;
  /** Finds out whether an uncertain delivery was posted. `null`: it certainly was not. */
  find?(envelope: Envelope<M>, signal: AbortSignal): Promise<Receipt | null>;
  /** Edits in place. Without this method, an operator can have a post replaced: `retract`, and then a new delivery. */
  update?(receipt: Receipt, envelope: Envelope<M>, signal: AbortSignal): Promise<Receipt>;
  retract?(receipt: Receipt, signal: AbortSignal): Promise<void>;
  /** For feeds: writes all documents again from the stored items and these renditions. Returns their addresses. */
  rebuild?(renditions: readonly Rendition<M>[], signal: AbortSignal): Promise<string[]>;
  /** For feeds with `syndication`: shows the addresses of a post's copies in its item. Returns whether the item exists. */
  showCopies?(postId: string, links: readonly string[]): Promise<boolean>;
  /** TXT records that DNS needs so that receivers trust these emails; for `doctor`. */
  readonly dnsRecords?: readonly { name: string; value: string }[];
  /** Checks address and credentials without sending anything; for `doctor`. Throws `DeliveryError`. */
  check?(signal: AbortSignal): Promise<void>;
}

/** A rendition addressed to one recipient. */
export interface Envelope<M extends Medium = Medium> {
  /** Idempotency key, 64 hex digits. A delivery always has the same key. */
  readonly key: string;
  readonly rendition: Rendition<M>;
  /** Only for `email`. */
  readonly recipient: M extends "email" ? EmailRecipient : null;
  /** When the publication was decided. It is the `Date` of an email, so that a second try is the same email. */
  readonly publishedAt: Date;
  /** A repost: the network may already have this text. */
  readonly again?: true;
}

/** The callbacks of `sendMany`. */
export interface SendProgress<M extends Medium = Medium> {
  /** From now on it may have been sent. An envelope that was taken but not begun certainly was not. */
  begin(envelope: Envelope<M>): void;
  settle(settled: Settled<M>): void;
}

export type Settled<M extends Medium = Medium> = { envelope: Envelope<M> } & (
  | { receipt: Receipt }
  | { failure: Failure }
);

export interface EmailRecipient {
  address: string;
  name?: string;
  /** The list it goes to: `List-Id` and the reason given in the footer. */
  list: { name: string; title: string };
  /** `https:` if our server has a public address, otherwise `mailto:`. */
  unsubscribeUrl: string;
  /** The email in the archive, or the permalink if there is no archive. */
  viewUrl: string;
  /** The preferences page; without it, the email has no such link. */
  preferencesUrl?: string;
  /** Only in an email that asks for a confirmation. */
  confirmUrl?: string;
  /** The token in tracked links; only on lists with tracking. */
  seenBy?: string;
}
