/** The mails of one call to send: those that came back unsent go before those of the next envelopes. */

import type { Envelope, SendProgress } from "#core/adapter.ts";
import { DeliveryError } from "#core/sending/delivery.ts";
import { wireAddress } from "#smtp/message/sender.ts";
import type { OutgoingMail } from "../outgoing-mail.ts";
import type { Composer } from "./composer.ts";

export interface MailSource {
  /** `null` when there is no mail now. One that is under way may still come back. */
  take(): Promise<OutgoingMail | null>;
  /** For whichever connection takes next. */
  putBack(mail: OutgoingMail): void;
  /** No envelope is left. */
  readonly finished: boolean;
  readonly hasReturned: boolean;
}

/** @param returnPath - whom bounces go to (RFC 5321 §3.6.3) */
export function openMailSource(
  envelopes: AsyncIterable<Envelope<"email">>,
  progress: SendProgress<"email">,
  composer: Composer,
  returnPath: (envelope: Envelope<"email">) => string,
): MailSource {
  const source = envelopes[Symbol.asyncIterator]();
  const returned: OutgoingMail[] = [];
  let finished = false;

  /** `null`: it could not be composed, and is settled. */
  const mailFor = async (envelope: Envelope<"email">): Promise<OutgoingMail | null> => {
    const settle: OutgoingMail["settle"] = (outcome) =>
      progress.settle(
        outcome instanceof DeliveryError ? { envelope, failure: outcome.failure } : { envelope, receipt: outcome },
      );
    try {
      const splice = await composer.spliceFor(envelope);
      return {
        from: returnPath(envelope),
        to: wireAddress(envelope.recipient.address),
        parts: await composer.signedParts(splice(envelope)),
        begin: () => progress.begin(envelope),
        settle,
      };
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      settle(error);
      return null;
    }
  };

  return {
    async take() {
      for (;;) {
        const back = returned.shift();
        if (back) return back;
        const { done, value } = await source.next();
        if (done) {
          finished = true;
          return returned.shift() ?? null;
        }
        const mail = await mailFor(value);
        if (mail) return mail;
      }
    },
    putBack: (mail) => void returned.push(mail),
    get finished() {
      return finished;
    },
    get hasReturned() {
      return returned.length > 0;
    },
  };
}
