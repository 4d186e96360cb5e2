/**
 * Lets one batch of a channel send alone until something is accepted, and again after the channel has failed. So a
 * wrong password is tried and reported once per publication, and an unavailable relay gets one try per round, even if
 * many batches wait.
 */

import type { Outcome } from "#core/ports/queue.ts";

export interface Admission {
  /** Runs a batch when its turn comes. If the channel failed its publication while the batch waited, returns that outcome instead. */
  enter(publicationId: string, batch: (pass: AdmissionPass) => Promise<Outcome>): Promise<Outcome>;
}

export interface AdmissionPass {
  /** The channel accepted something, and has not failed since. */
  readonly proven: boolean;
  /** The channel accepted something: the waiting batches may start. */
  prove(): void;
  /** The channel failed. Only the first batch reports it; the others get the outcome of that report. */
  fail(tell: () => Promise<Outcome>): Promise<Outcome>;
}

export function openAdmission(): Admission {
  let proven = false;
  let ahead: PromiseWithResolvers<void> | null = null;
  let last = { number: 0, publicationId: "", outcome: Promise.resolve<Outcome>({}) };

  return {
    async enter(publicationId, batch) {
      let seen = last.number;
      const outcomeSince = (): Promise<Outcome> | null =>
        last.number > seen && last.publicationId === publicationId ? last.outcome : null;
      while (ahead && !proven) {
        await ahead.promise;
        const outcome = outcomeSince();
        if (outcome) return outcome;
      }
      seen = last.number;
      const first = proven ? null : Promise.withResolvers<void>();
      ahead = first ?? ahead;
      const letOthersIn = (): void => {
        if (ahead === first) ahead = null;
        first?.resolve();
      };
      try {
        return await batch({
          get proven() {
            return proven;
          },
          prove() {
            if (last.number > seen) return;
            proven = true;
            letOthersIn();
          },
          fail(tell) {
            const known = outcomeSince();
            if (known) return known;
            proven = false;
            last = { number: last.number + 1, publicationId, outcome: tell() };
            return last.outcome;
          },
        });
      } finally {
        letOthersIn();
      }
    },
  };
}
