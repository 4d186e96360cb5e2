/** Waits for one step of nodemailer's connection at a time; a step ends with its answer, the connection or the signal. */

import type SMTPConnection from "nodemailer/lib/smtp-connection";
import type { SmtpError } from "./failures.ts";

/** Begins a step, which says by `done` how it ended. */
type Begin<T> = (done: (error: SmtpError | null, result?: T) => void) => void;

export interface Steps {
  /** Whether the connection can take another step. */
  open: boolean;
  /** Resolves when the other side has gone. */
  readonly ended: Promise<void>;
  step<T>(signal: AbortSignal, begin: Begin<T>): Promise<T>;
}

export function stepsOf(smtp: SMTPConnection): Steps {
  // The error that ends a connection rejects the pending step.
  let fail: (error: SmtpError) => void = () => undefined;
  const step = <T>(signal: AbortSignal, begin: Begin<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const onAbort = (): void => {
        reject(Object.assign(new Error("aborted"), { code: "ABORTED" }));
        smtp.close();
      };
      const settle = (error: SmtpError | null | undefined, result?: T): void => {
        signal.removeEventListener("abort", onAbort);
        fail = () => undefined;
        if (error) reject(error);
        else resolve(result as T);
      };
      fail = settle;
      if (signal.aborted) return onAbort();
      signal.addEventListener("abort", onAbort, { once: true });
      begin(settle);
    });

  const ended = new Promise<void>((resolve) => {
    smtp.once("end", () => {
      steps.open = false;
      fail(new Error("the connection was closed"));
      resolve();
    });
  });
  smtp.on("error", (error: SmtpError) => {
    steps.open = false;
    fail(error);
  });
  const steps: Steps = { open: true, ended, step };
  return steps;
}
