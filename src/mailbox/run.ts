/** The result of reading a mailbox once, with either protocol. */

export interface MailboxRun {
  /** Recorded, and deleted in the mailbox. */
  taken: number;
  /** Not recognised, and left for a person. */
  left: number;
  /** Whether there are more messages: one run handles a few hundred. */
  more: boolean;
}

/** Records the content of a message; `false` if it is not recognised. If it throws, the message stays unchanged. */
export type Take = (source: Uint8Array) => Promise<boolean>;

export const mostInARun = 500;
/** The information of a bounce is at its beginning. */
export const mostBytes = 2 * 1024 * 1024;
export const patienceMs = 60_000;
