/** Settles the mails of one session by what the server answered, and counts them. */

import type { DeliveryError, Receipt } from "#core/sending/delivery.ts";
import { type SmtpError, smtpFailure } from "../failures.ts";
import type { OutgoingMail } from "../outgoing-mail.ts";
import type { Reply } from "../replies.ts";
import { contradiction, isTaken, receiptOf } from "../verdicts.ts";

export type Answer = readonly [command: string, reply: Reply];

export interface Outcomes {
  /** How many mails have been settled. */
  readonly settled: number;
  settle(mail: OutgoingMail, outcome: Receipt | DeliveryError): void;
  /** What the answers to the envelope and the body mean. */
  conclude(mail: OutgoingMail, answers: readonly Answer[]): void;
}

/** @param name - the server's, for messages */
export function openOutcomes(name: string): Outcomes {
  let settled = 0;
  const settle = (mail: OutgoingMail, outcome: Receipt | DeliveryError): void => {
    settled++;
    mail.settle(outcome);
  };
  return {
    get settled() {
      return settled;
    },
    settle,
    conclude(mail, answers) {
      const bad = answers.find(([, { code }]) => code >= 400);
      const [command, last] = answers.at(-1) ?? [];
      if (bad && last && command === "DATA" && isTaken(last)) settle(mail, contradiction(bad[1], last, name));
      else if (bad) settle(mail, refusal(mail, bad, name));
      else if (last) settle(mail, receiptOf(last, mail.to));
    },
  };
}

function refusal({ to }: OutgoingMail, [command, { code, text }]: Answer, name: string): DeliveryError {
  const error: SmtpError = Object.assign(new Error(text), { command, response: text, responseCode: code });
  return smtpFailure(error, { begun: true, address: to }, name);
}
