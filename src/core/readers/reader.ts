/** What readers do themselves: join, choose, leave. */

import type { Transaction } from "#core/ports/transaction.ts";
import type { Frequency } from "./subscriber.ts";

/** By what readers did it, and from which network: kept as proof. */
export interface Origin {
  form: "page" | "api" | "one-click" | "preferences";
  /** The address of the network; absent where it isn't known. */
  network?: string;
}

/** Somebody wants to be on lists, or somebody else wants them to be. */
export interface SubscribeRequest {
  address: string;
  name?: string;
  /** BCP 47: in which the letters come. */
  language?: string;
  /** Names, at least one; unknown ones are left out. */
  lists: readonly string[];
  origin: Origin;
}

/** A letter that was written down. */
export interface WrittenLetter {
  id: string;
  /** Milliseconds until it goes. */
  delay: number;
}

/** What readers may choose, with what they chose. */
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

/** A recipient is the keyed hash of an address: links carry nothing else. */
export interface ReaderStore {
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Notes that somebody asked. Returns the letter that asks back; `null` where none is to be sent, for whatever reason. */
  ask(tx: Transaction, request: SubscribeRequest): Promise<WrittenLetter | null>;
  /** What a letter asked about; `null` once it is void. */
  asked(recipient: string, letterId: string): Promise<{ title: string; language?: string; list: string } | null>;
  /** Confirms what a letter asked. `known`: whether it is valid; `welcome`: the letter of the first time. */
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
  /** Asks for the way to one's data, at most once in ten minutes. */
  askForData(tx: Transaction, recipient: string, list: string): Promise<WrittenLetter | null>;
  /** Everything that is known of a person. */
  data(recipient: string): Promise<Record<string, unknown> | null>;
  /** Erases a person and keeps their hash as a suppression. */
  forget(recipient: string): Promise<void>;
}

/** A list as one reader sees it. */
export interface ListFor {
  title: string;
  /** BCP 47. */
  language?: string;
}

/** What a page for readers shows; addresses in it are relative to the page. */
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
      /** The address with its middle hidden, unless the reader proved who they are. */
      shownAddress: string;
      said?: "saved" | "left-all";
      /** Titles of the lists on which opens and clicks are seen. */
      tracked: string[];
      /** Proved by a letter that went to the address only: what is known may be seen and erased. */
      proved: boolean;
      problems?: "forget"[];
    }
  | { kind: "data-sent" }
  | { kind: "forgotten" }
  | { kind: "archive"; editions: { title: string; language: string; url: string; sentAt: Date }[] }
  | { kind: "not-found" }
  /** A mail whose post was taken back. */
  | { kind: "withdrawn" };

/** Makes whole HTML documents that work without scripts. */
export interface ReaderPages {
  /** @param languages - BCP 47 tags, the best first. */
  render(page: ReaderPage, languages: readonly string[]): string;
  /** The first of these languages that the pages speak; else the site's or English. */
  language(languages: readonly string[]): string;
  /** For the Content-Security-Policy: the style sheet is the only thing that a page brings along. */
  readonly styleHash: string;
}
