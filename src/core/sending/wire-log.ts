/** The wire log: what a worker is sending right now, for recovery after it dies. */

import type { Receipt } from "./delivery.ts";

/** Starts and answers of sends that are not yet in the ledger. The file survives a crash of the process, but not of the machine. */
export interface WireLog {
  /** Starts the log of a claim. */
  open(claim: string): ClaimLog;
  /** What a claim's log proves; `null` when there is none, or none to be trusted. Of use only once its process is known to be dead. */
  read(claim: string): WireEvidence | null;
  forget(claim: string): void;
}

export interface ClaimLog extends Disposable {
  /** Written before the transport gets it. */
  begun(delivery: string): void;
  accepted(delivery: string, receipt: Receipt): void;
  /** It certainly did not go out. */
  notTaken(delivery: string): void;
  /** The ledger knows everything now: the log can go. */
  complete(): void;
}

export interface WireEvidence {
  /** May have gone out. What isn't among them did not. */
  begun: Set<string>;
  accepted: Map<string, Receipt>;
}
