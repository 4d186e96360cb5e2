/** The contract that every file in `src/adapters/` fulfils: one file adds a network. */

import type { Clock } from "./clock.ts";
import type { FeedShelf } from "./feed.ts";
import type { Log } from "./log.ts";
import type { Site } from "./posts/post.ts";
import type { Medium, Rendition } from "./renditions/rendition.ts";
import type { Failure, Receipt } from "./sending/delivery.ts";

/** Code for one network: the default export of its file. `C` is its parsed configuration. */
export interface Adapter<M extends Medium = Medium, C = unknown> {
  /** What `adapter:` in `postrider.yaml` says; also the file's name. */
  readonly name: string;
  readonly medium: M;
  readonly config: Schema<C>;
  readonly traits: Traits;
  /** Counts a text as the network does; as a certain server does, where its `limits` are given. Default: graphemes. */
  measure?(text: string, limits?: NoteLimits): number;
  open(config: C, tools: Tools): Promise<Transport<M>>;
}

export interface Traits {
  /** Sending the same key twice has the effect of sending it once: what is uncertain may then be sent again. */
  readonly idempotent: boolean;
  /** The longest text, by `measure`. For `note` only. */
  readonly maxLength?: number;
  /** At most so many posts a minute and channel, as the network's documents say. Kept where the configuration sets no pace. */
  readonly perMinute?: number;
  /** How many hashtags this network's readers bear. Default 0. For `note` only. */
  readonly hashtags?: number;
  /** A text may go on in answers to itself. */
  readonly threads?: boolean;
  /** The network hides a text behind its content warning. Where it does not, the warning is the text's first line. */
  readonly warnings?: boolean;
  /** Who makes the preview of the link: we, the network by looking at the page, or nobody. Default `crawl`. */
  readonly card?: "client" | "crawl" | "none";
}

/** What one server allows, where servers of a network differ. */
export interface NoteLimits {
  /** By the adapter's `measure`. */
  maxLength: number;
  /** What every link counts as, however long it is. */
  urlLength?: number;
  /** Characters of a picture's description. */
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

/** What an adapter may use of the world. */
export interface Tools {
  /** The channel's name, for logs and messages. */
  readonly channel: string;
  readonly site: Site;
  /** Where what we serve is found: `server.url`, else the site's own address. No slash at the end. */
  readonly publicUrl: string;
  /** Relative paths in a channel's configuration are relative to this folder: that of `postrider.yaml`. */
  readonly baseDir: string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly log: Log;
  /** How many of so many connections are this process's, where several send for the channel; asked again and again. */
  share(connections: number): number;
  /** Signs what is to come back to us, such as a return path. Absent where nothing is really sent. */
  readonly secret?: string;
  /** The channel's stored feed. Only adapters of medium `feed` need it. */
  readonly feed: FeedShelf;
  /** What the channel was given since it was configured, such as a refreshed token. */
  readonly keep: Keep;
}

/** A channel's own secrets, stored encrypted and seen by all workers. */
export interface Keep {
  read(): Promise<unknown>;
  /**
   * Lets one worker at a time look and replace: two that refresh one token at once would each make the other's useless.
   * What `change` returns is stored and returned; `undefined` leaves it as it was.
   */
  change(change: (kept: unknown) => Promise<unknown>): Promise<unknown>;
}

/** An opened channel. A capability is there when its method is. */
export interface Transport<M extends Medium = Medium> extends AsyncDisposable {
  /** How many `send` calls may run at once; 0 while all connections are other processes'. Default 1. */
  readonly concurrency?: number;
  /** What this server allows, when servers of the network differ; asked before a note is made. @throws DeliveryError */
  limits?(signal: AbortSignal): Promise<NoteLimits>;
  /** Resolves once the other side has taken responsibility; throws `DeliveryError` otherwise. */
  send(envelope: Envelope<M>, signal: AbortSignal): Promise<Receipt>;
  /**
   * Sends many over as few conversations as the channel has: pulls the next envelope only when it can go out soon, tells
   * before it begins with one, and says of each that it pulled, once, what became of it. Resolves when the envelopes have
   * come to their end and all are settled. Envelopes that follow one another mostly share their rendition (the same object).
   */
  sendMany?(envelopes: AsyncIterable<Envelope<M>>, progress: SendProgress<M>, signal: AbortSignal): Promise<void>;
  /** Looks whether an uncertain one went out. `null`: it certainly did not. */
  find?(envelope: Envelope<M>, signal: AbortSignal): Promise<Receipt | null>;
  /** Edits in place. Without it a post is replaced, where an operator says so: `retract`, and then a delivery of its own. */
  update?(receipt: Receipt, envelope: Envelope<M>, signal: AbortSignal): Promise<Receipt>;
  retract?(receipt: Receipt, signal: AbortSignal): Promise<void>;
  /** Writes everything anew from what is stored, and from these renditions of what is; for feeds. Returns where it is. */
  rebuild?(renditions: readonly Rendition<M>[], signal: AbortSignal): Promise<string[]>;
  /** Shows beside a post's item where else it stands; for feeds that were told to. Returns whether the item is there yet. */
  showCopies?(postId: string, links: readonly string[]): Promise<boolean>;
  /** What DNS must say for what is sent this way to be believed, as TXT records; for `doctor`. */
  readonly dnsRecords?: readonly { name: string; value: string }[];
  /** Proves address and credentials without sending anything; for `doctor`. Throws `DeliveryError`. */
  check?(signal: AbortSignal): Promise<void>;
}

/** A rendition addressed to one recipient. */
export interface Envelope<M extends Medium = Medium> {
  /** Idempotency key, 64 hex digits: the same delivery has the same key for ever. */
  readonly key: string;
  readonly rendition: Rendition<M>;
  /** Only for `email`. */
  readonly recipient: M extends "email" ? EmailRecipient : null;
  /** When the publication was decided: the `Date` of a mail, so that a second try is the same mail. */
  readonly publishedAt: Date;
  /** It goes there once more on purpose: the network may have seen it. */
  readonly again?: true;
}

/** How `sendMany` tells what it does. */
export interface SendProgress<M extends Medium = Medium> {
  /** From now on it may have gone out; what was pulled and never begun certainly did not. */
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
  /** `https:` when a server answers for it, else `mailto:`. */
  unsubscribeUrl: string;
  /** The mail in a browser; the permalink until there is an archive. */
  viewUrl: string;
  /** Where the reader chooses what to get; without it the mail doesn't offer that. */
  preferencesUrl?: string;
  /** Only in a mail that asks for a confirmation. */
  confirmUrl?: string;
  /** What stands in links that are counted; only where opens and clicks are seen. */
  seenBy?: string;
}
