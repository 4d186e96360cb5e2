/** People in another service's export, before they are imported. */

import type { Attributes } from "./attributes.ts";
import type { Frequency } from "./subscriber.ts";

/** `bounced`, `complained` and `blocked` also suppress the person on all lists. An unsubscription overrides earlier states. */
export type ImportedState = "confirmed" | "unconfirmed" | "unsubscribed" | "bounced" | "complained" | "blocked";

export interface ImportRow {
  line: number;
  address: string;
  name: string;
  state: ImportedState;
  /** When and where they agreed, according to the file; empty if unknown. */
  proof: string;
  /** BCP 47, or empty. */
  language: string;
  frequency: Frequency;
  /** Other attributes, by the name of the column. */
  attributes: Attributes;
}

/** The result for the people in a file. Each is counted once, even with several lines; only `ended` counts some of `known` again. */
export interface ImportCounts {
  /** New on the list; they get its emails. */
  confirmed: number;
  /** New on the list; they get its emails after they have confirmed. */
  unconfirmed: number;
  /** New on the list, but unsubscribed according to the file. */
  unsubscribed: number;
  /** New on the list, but suppressed, by the file or already before. */
  suppressed: number;
  /** Not imported, because they were forgotten here. */
  forgotten: number;
  /** Already on the list, in any state. */
  known: number;
  /** How many of `known` got email until now and get none any more, because of the file. */
  ended: number;
}

export interface ImportShare {
  /** May be negative, if a later line says that somebody unsubscribed. */
  counts: ImportCounts;
  /** Lines with the address of an earlier line. */
  duplicates: number[];
  /** Lines of forgotten people. */
  forgotten: number[];
}

/** An import in progress. Its shares are committed one by one. */
export interface ImportRun {
  /** The number of rows that an earlier, interrupted run has committed. */
  rowsDone: number;
  /** Remembers the address of one of those rows, so that a repeated address is recognised. */
  passOver(address: string): void;
  /**
   * Determines the effect of a share. The returned function commits it, together with the number of rows that are
   * done. Shares are committed one at a time, in their order.
   */
  prepare(rows: readonly ImportRow[], rowsDone: number): () => Promise<ImportShare>;
  finish(): Promise<void>;
}

export interface ImportOptions {
  list: string;
  /** The source of consent. Recorded with every subscription, before its proof. */
  source: string;
  /** Digest of everything that affects the meaning of the rows. */
  digest: string;
  /** Only counts. */
  dryRun?: boolean;
  /** Posts that were published until this time count as received from the other service. */
  hadUntil?: Date;
  /** The operator gave this time. Otherwise it is the time of the import, and posts of that day don't count as received. */
  isHadUntilGiven?: boolean;
}
