/** The audit log: who did what, when, by what, and what came of it. It has no personal data of readers. */

/** Where an act came from. */
export const doors = ["command line", "console", "token", "mail link", "job", "assistant", "library"] as const;
export type Door = (typeof doors)[number];

/** An act, before anything came of it. */
export interface Doing {
  /** A UUID. */
  id: string;
  /** The act's name, such as `campaigns.pause`. */
  act: string;
  actor: string;
  door: Door;
  /** What the act is about: the fields of the request that name no reader. */
  about: Readonly<Record<string, unknown>>;
  reason: string | null;
  /** The hash of the plan that was carried out. */
  plan: string | null;
  /** What there was before; `null`: not recorded for this act. */
  before: unknown;
}

/**
 * `done`: finished. `failed`: an error after a part of it was committed. `refused`: nothing was changed. `null`: what
 * it committed is known, but not how it ended, because the process ended first.
 */
export type AuditResult = "done" | "failed" | "refused" | null;

export interface AuditEntry extends Doing {
  at: Date;
  /** Counts up. Entries never change and never move. */
  number: string;
  result: AuditResult;
  /** The error of what was refused or failed. */
  message: string | null;
  after: unknown;
}

export interface Ending {
  result: Exclude<AuditResult, null>;
  message: string | null;
  after: unknown;
}

export interface AuditQuery {
  since?: Date;
  actor?: string;
  post?: string;
  act?: string;
  /** Only entries before this number, the newest first. */
  before?: string;
  limit: number;
}

export interface AuditBook {
  /** Records how an act ended. @param hasEffect - a transaction has recorded it before. */
  ended(doing: Doing, hasEffect: boolean, ending: Ending): Promise<void>;
  list(query: AuditQuery): Promise<AuditEntry[]>;
}
