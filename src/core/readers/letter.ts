/** Emails about a subscription: the confirmation, the welcome, and the link to one's data. */

import type { Transaction } from "#core/ports/transaction.ts";
import type { Failure } from "#core/sending/delivery.ts";
import type { EmailRecipient } from "../adapter.ts";

export type LetterKind = "confirm" | "welcome" | "data";

/** Taken for sending by one worker. */
export interface TakenLetter {
  id: string;
  kind: LetterKind;
  /** The keyed hash of the address. */
  recipient: string;
  address: string;
  name?: string;
  /** BCP 47. */
  language?: string;
  /** At least one. */
  lists: { name: string; title: string }[];
  /** The number of earlier tries. */
  attempts: number;
  createdAt: Date;
}

/** The result for an email; `dueIn` in milliseconds. */
export type LetterChange =
  | { state: "accepted" }
  | { state: "refused" | "uncertain"; failure: Failure }
  | { state: "pending"; failure: Failure; dueIn: number };

export interface LetterStore {
  /** Takes it, in one commit before the first byte is sent; `null` if it isn't due or is no longer wanted, or in a copy of the database. */
  take(id: string): Promise<TakenLetter | null>;
  record(tx: Transaction, id: string, change: LetterChange): Promise<void>;
  /** Marks emails that a dead worker was sending as uncertain, and returns the due ones. */
  due(): Promise<string[]>;
}

/** How long the links in the email work, in milliseconds. */
export const letterLifeMs: Record<LetterKind, number> = {
  confirm: 3 * 24 * 3600_000,
  welcome: 90 * 24 * 3600_000,
  data: 3600_000,
};

/** The links of the email. */
export type LetterLinks = (
  letter: TakenLetter,
) => Pick<EmailRecipient, "unsubscribeUrl" | "preferencesUrl" | "confirmUrl">;
