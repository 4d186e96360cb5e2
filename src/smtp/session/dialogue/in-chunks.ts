/** Sends whole mails as chunks (RFC 3030), several of them under way at once. */

import { sizeOf } from "#smtp/message/mail.ts";
import { type SmtpError, smtpFailure } from "../failures.ts";
import type { OutgoingMail, Supply } from "../outgoing-mail.ts";
import type { Reply } from "../replies.ts";
import { outOfStep } from "../verdicts.ts";
import type { Dialogue } from "./dialogue.ts";
import { envelopeOf } from "./extensions.ts";
import type { Outcomes } from "./outcomes.ts";

/** Mails under way at once. */
const window = 8;

export async function sendInChunks(
  dialogue: Dialogue,
  outcomes: Outcomes,
  first: OutgoingMail,
  { take, giveBack }: Supply,
): Promise<void> {
  const { replies, name } = dialogue;
  const underWay = new Set<Promise<void>>();
  let next: OutgoingMail | null = first;
  while (next && replies.open) {
    const mail: OutgoingMail = next;
    try {
      mail.begin();
    } catch (error) {
      giveBack(mail, smtpFailure(error as SmtpError, { begun: false }, name));
      break;
    }
    const sent = sendWhole(dialogue, outcomes, mail).finally(() => underWay.delete(sent));
    underWay.add(sent);
    if (underWay.size >= window) await Promise.race(underWay);
    next = replies.open ? await take() : null;
    if (next && !replies.open) {
      giveBack(next, smtpFailure(new Error("the connection was closed"), { begun: false }, name));
      next = null;
    }
  }
  await Promise.all(underWay);
}

/** Resolves when the mail is settled, whatever became of it. */
function sendWhole(dialogue: Dialogue, outcomes: Outcomes, mail: OutgoingMail): Promise<void> {
  const { extensions, replies, name } = dialogue;
  // A refused mail leaves the server in a state that RFC 3030 §2 calls indeterminate, so the transaction starts again.
  dialogue.write([`RSET\r\n${envelopeOf(mail, extensions)}BDAT ${sizeOf(mail.parts)} LAST\r\n`, ...mail.parts]);
  return replies
    .expect(4)
    .then(([reset, sender, recipient, body]) => {
      // Nothing can refuse it: this is the answer to something else, and so is every other.
      if (reset && reset.code !== 250 && reset.code !== 421) throw outOfStep(reset);
      outcomes.conclude(mail, [
        ["MAIL FROM", sender as Reply],
        ["RCPT TO", recipient as Reply],
        ["DATA", body as Reply],
      ]);
    })
    .catch((error: SmtpError) => {
      replies.fail(error);
      outcomes.settle(mail, smtpFailure(error, { begun: true, address: mail.to }, name));
    });
}
