/** One run over a mailbox, with either protocol. */

export interface MailboxRun {
  /** Taken in, and deleted there. */
  taken: number;
  /** Not understood, and left for a person. */
  left: number;
  /** There are more: a run ends after some hundred. */
  more: boolean;
}

/** Commits what a message says; `false` when it says nothing. What it throws leaves the message as it was. */
export type Take = (source: Uint8Array) => Promise<boolean>;

export const mostInARun = 500;
/** What a bounce says stands at its beginning. */
export const mostBytes = 2 * 1024 * 1024;
export const patienceMs = 60_000;
