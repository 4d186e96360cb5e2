/** Actions of readers themselves: subscribe, choose, unsubscribe. */

import type { FeedFormat } from "#core/feed.ts";
import type { Transaction } from "#core/ports/transaction.ts";
import type { Frequency } from "./subscriber.ts";

/** How and from which network a reader did something; recorded as proof. */
export interface Origin {
  form: "page" | "api" | "one-click" | "preferences";
  /** The address of the network; absent if unknown. */
  network?: string;
}

/** A request to subscribe. It may come from another person. */
export interface SubscribeRequest {
  address: string;
  name?: string;
  /** BCP 47: the language of the emails to this reader. */
  language?: string;
  /** At least one name. Unknown lists are ignored. */
  lists: readonly string[];
  origin: Origin;
}

/** An email that was stored for sending. */
export interface WrittenLetter {
  id: string;
  /** Milliseconds until it is sent. */
  delay: number;
}

/** A reader's settings. */
export interface Preferences {
  address: string;
  name: string;
  language?: string;
  lists: { name: string; title: string; subscribed: boolean; frequency: Frequency }[];
}

export interface PreferencesChange {
  name: string;
  language?: string;
  lists: { name: string; subscribed: boolean; frequency: Frequency }[];
}

/** Identifies a reader by the keyed hash of their address, because links contain nothing else. */
export interface ReaderStore {
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Records a request to subscribe. Returns the confirmation email; `null` if none is sent, for any reason. */
  ask(tx: Transaction, request: SubscribeRequest): Promise<WrittenLetter | null>;
  /** The lists that a confirmation email asked about; `null` if its link is no longer valid. */
  asked(recipient: string, letterId: string): Promise<{ title: string; language?: string; list: string } | null>;
  /** Confirms the subscription of a confirmation email. `known`: whether the link is valid; `welcome`: the welcome email after the first confirmation. */
  confirm(
    tx: Transaction,
    recipient: string,
    letterId: string,
    origin: Origin,
  ): Promise<{ known: boolean; welcome: WrittenLetter | null }>;
  /** Ends a subscription; a second call does nothing. */
  leave(recipient: string, list: string, origin: Origin): Promise<ListFor>;
  listFor(recipient: string, list: string): Promise<ListFor>;
  /** The lists that are open to everybody. */
  openLists(): Promise<{ name: string; title: string }[]>;
  /** `null` for somebody who was forgotten. */
  preferences(recipient: string): Promise<Preferences | null>;
  choose(tx: Transaction, recipient: string, change: PreferencesChange, origin: Origin): Promise<void>;
  /** Ends all subscriptions. */
  leaveAll(recipient: string, origin: Origin): Promise<void>;
  /** Requests a link to the reader's data, at most once in ten minutes. */
  askForData(tx: Transaction, recipient: string, list: string): Promise<WrittenLetter | null>;
  /** All stored data of a person. */
  data(recipient: string): Promise<Record<string, unknown> | null>;
  /** Erases a person and keeps their hash as a suppression. */
  forget(recipient: string): Promise<void>;
}

/** A list in one reader's preferences. */
export interface ListFor {
  title: string;
  /** BCP 47. */
  language?: string;
}

/** A sent email in a list of the archive. */
export interface ListedEdition {
  title: string;
  language: string;
  url: string;
  sentAt: Date;
}

/** The address of a feed. */
export interface ReaderFeed {
  url: string;
  format: FeedFormat;
}

/** The content of a page for readers. Addresses are relative to the page. */
export type ReaderPage =
  | { kind: "invalid-link" }
  | { kind: "too-many" }
  | { kind: "unsubscribe"; list: string }
  | { kind: "unsubscribed"; list: string; subscribeUrl: string }
  | {
      kind: "subscribe";
      lists: { name: string; title: string; chosen: boolean }[];
      filled?: { address: string; name: string };
      problems?: ("address" | "lists")[];
    }
  | { kind: "asked" }
  | { kind: "confirm"; list: string }
  | { kind: "confirmed"; list: string; preferencesUrl: string }
  | {
      kind: "preferences";
      preferences: Preferences;
      /** The address, with its middle hidden unless the reader proved that it is theirs. */
      shownAddress: string;
      said?: "saved" | "left-all";
      /** Titles of the lists with tracking of opens and clicks. */
      tracked: string[];
      /** The reader used a link that was sent only to the address, and may see and erase their data. */
      proved: boolean;
      problems?: "forget"[];
    }
  | { kind: "data-sent" }
  | { kind: "forgotten" }
  | { kind: "archive"; editions: ListedEdition[] }
  /** The first page: without lists, nobody can subscribe here; without editions, there is no public archive. */
  | {
      kind: "front";
      lists: { name: string; title: string; chosen: boolean }[];
      editions: ListedEdition[];
      feeds: ReaderFeed[];
    }
  | { kind: "not-found" }
  /** An email whose post was withdrawn. */
  | { kind: "withdrawn" };

/** Makes complete HTML documents that work without scripts. */
export interface ReaderPages {
  /** @param languages - BCP 47 tags, the best first. */
  render(page: ReaderPage, languages: readonly string[]): string;
  /** The first of these languages that the pages have; else the site's language or English. */
  language(languages: readonly string[]): string;
  /** Hash of the style sheet for the Content-Security-Policy. The style sheet is a page's only resource. */
  readonly styleHash: string;
}
