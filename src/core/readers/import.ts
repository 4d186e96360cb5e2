/** People in another service's export, before they are imported. */

import type { Attributes } from "./attributes.ts";
import type { Frequency } from "./subscriber.ts";

/** `bounced`, `complained` and `blocked` also suppress, everywhere. Leaving wins over whatever the list said before. */
export type ImportedState = "confirmed" | "unconfirmed" | "unsubscribed" | "bounced" | "complained" | "blocked";

export interface ImportRow {
  line: number;
  address: string;
  name: string;
  state: ImportedState;
  /** When and where they agreed, as the file says it; empty where it doesn't. */
  proof: string;
  /** BCP 47, or empty. */
  language: string;
  frequency: Frequency;
  /** What else is to be known of them, by the name of the column. */
  attributes: Attributes;
}

/** What becomes of the people of a file. Each is counted once, whatever the number of lines; only `ended` counts some of `known` again. */
export interface ImportCounts {
  /** New on the list, and get its mail. */
  confirmed: number;
  /** New on the list; get its mail once they have confirmed. */
  unconfirmed: number;
  /** New on the list, as people who left: the file says so. */
  unsubscribed: number;
  /** New on the list, and get no mail: they are suppressed, by the file or since before. */
  suppressed: number;
  /** Not imported: they were forgotten here. */
  forgotten: number;
  /** On the list already, in whatever state. */
  known: number;
  /** Of those: who had mail until now, and gets none any more because the file says that they left, bounced or complained. */
  ended: number;
}

export interface ImportShare {
  /** Less than nothing where a later line says that somebody left. */
  counts: ImportCounts;
  /** Lines with the address of an earlier line. */
  duplicates: number[];
  /** Lines of people who were forgotten. */
  forgotten: number[];
}

/** An import under way. Shares are committed one by one. */
export interface ImportRun {
  /** Rows that an earlier, interrupted run has committed. */
  rowsDone: number;
  /** Notes one of those rows, so that its address is known again further down. */
  passOver(address: string): void;
  /**
   * Works out what a share means. What comes back commits it, and that `rowsDone` rows of the file are done with: one share at a
   * time, in their order.
   */
  prepare(rows: readonly ImportRow[], rowsDone: number): () => Promise<ImportShare>;
  finish(): Promise<void>;
}

export interface ImportOptions {
  list: string;
  /** Where the consent came from; kept with every subscription, before its proof. */
  source: string;
  /** Of everything that decides what the rows mean. */
  digest: string;
  /** Count only, and change nothing. */
  dryRun?: boolean;
  /** They had every post that was published until then from where they were before. */
  hadUntil?: Date;
  /** That time was given by the operator; otherwise it is that of the import, and of its own day nothing counts as had. */
  isHadUntilGiven?: boolean;
}
