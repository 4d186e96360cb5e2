/** News of the process that has the embedded database open, for the other processes that use it. */

import { PostriderError } from "#core/errors.ts";

/** Events of the process that has the embedded database open, for another process that uses it. */
export interface HolderWatch {
  /** Connections are lost. Called once, before anything fails because of it. */
  lost(): void;
  /** A process with the database answers again. */
  back(): void;
  /** No process has the database open any more. */
  gone(): void;
}

/** The error for a command whose embedded database was open in another process, which has ended. */
export function holderStopped(cause?: unknown): PostriderError {
  return new PostriderError("unavailable", "The Postrider process that had the database open has stopped", {
    hint: "Run the command again. It opens the database itself and continues.",
    cause,
  });
}
