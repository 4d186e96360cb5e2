/** Sends one mail after the other; the envelope of the next goes out with the body of this one (RFC 2920). */

import { type SmtpError, smtpFailure } from "../failures.ts";
import type { OutgoingMail, Supply } from "../outgoing-mail.ts";
import type { Reply } from "../replies.ts";
import { gone, isTaken } from "../verdicts.ts";
import type { Dialogue } from "./dialogue.ts";
import { envelopeOf } from "./extensions.ts";
import type { Answer, Outcomes } from "./outcomes.ts";
import { prefetch } from "./prefetch.ts";

/** The answers to the envelope and to `DATA`. */
type Greeting = [sender: Reply, recipient: Reply, data: Reply];

export async function sendInTurn(
  dialogue: Dialogue,
  outcomes: Outcomes,
  first: OutgoingMail,
  { take, giveBack }: Supply,
): Promise<void> {
  const { replies, name } = dialogue;
  const pipelines = dialogue.extensions.has("PIPELINING");
  let current: OutgoingMail | null = first;
  let following: OutgoingMail | null = null;
  let begun = false;
  let greeted = greet(dialogue, first);
  let upcoming = prefetch(take);
  try {
    while (current) {
      const mail = current;
      const greeting = await greeted;
      if (wantsBody(greeting)) {
        mail.begin();
        begun = true;
        following = pipelines ? upcoming.ready() : null;
        const answered = sendBody(dialogue, mail, following);
        if (following) {
          greeted = replies.expect(3) as Promise<Greeting>;
          greeted.catch(noop);
          // Ready by the time that the answers come.
          upcoming = prefetch(take);
        }
        const [body] = (await answered) as [Reply];
        begun = false;
        current = null;
        outcomes.conclude(mail, [["DATA", body]]);
        if (body.code === 421) throw gone(body);
      } else {
        const farewell = greeting.find(({ code }) => code === 421);
        if (farewell) throw gone(farewell);
        current = null;
        await endWithoutBody(dialogue, outcomes, mail, greeting);
      }
      current = following;
      following = null;
      if (current) continue;
      current = await upcoming.mail;
      if (!current) return;
      upcoming = prefetch(take);
      greeted = greet(dialogue, current);
    }
  } catch (error) {
    replies.fail(error as SmtpError);
    const reason = ({ to }: OutgoingMail, wasBegun: boolean) =>
      smtpFailure(error as SmtpError, { begun: wasBegun, address: to }, name);
    if (current && begun) outcomes.settle(current, reason(current, true));
    else if (current) giveBack(current, reason(current, false));
    for (const mail of [following, await upcoming.mail]) if (mail) giveBack(mail, reason(mail, false));
  }
}

/** Announces a mail; without pipelining each command is sent when the one before was accepted. */
async function greet({ extensions, replies, say, write }: Dialogue, mail: OutgoingMail): Promise<Greeting> {
  const envelope = envelopeOf(mail, extensions);
  if (extensions.has("PIPELINING")) {
    write([`${envelope}DATA\r\n`]);
    return (await replies.expect(3)) as Greeting;
  }
  const answers: Reply[] = [];
  for (const command of [...envelope.trimEnd().split("\r\n"), "DATA"]) {
    if (answers.some(({ code }) => code >= 400)) answers.push({ code: 503, text: "503 not asked" });
    else {
      say(`${command}\r\n`);
      answers.push(...(await replies.expect(1)));
    }
  }
  return answers as Greeting;
}

function wantsBody([sender, recipient, data]: Greeting): boolean {
  return data.code === 354 && sender.code < 400 && recipient.code < 400;
}

/** The body, and behind it the envelope of the mail that follows. Resolves with the answer to the body. */
function sendBody(
  { extensions, replies, write }: Dialogue,
  mail: OutgoingMail,
  following: OutgoingMail | null,
): Promise<Reply[]> {
  write([...mail.parts, following ? `.\r\n${envelopeOf(following, extensions)}DATA\r\n` : ".\r\n"]);
  return replies.expect(1);
}

/** Concludes a mail whose body is not sent, and resolves when the server is ready for the next. */
function endWithoutBody(
  dialogue: Dialogue,
  outcomes: Outcomes,
  mail: OutgoingMail,
  [sender, recipient, data]: Greeting,
): Promise<unknown> {
  const envelope: Answer[] = [
    ["MAIL FROM", sender],
    ["RCPT TO", recipient],
  ];
  if (data.code === 354) return sendEmptyBody(dialogue, outcomes, mail, envelope);
  outcomes.conclude(mail, [...envelope, ["DATA", data]]);
  dialogue.say("RSET\r\n");
  return dialogue.replies.expect(1);
}

/** A body was asked for though nobody is to get it: an empty one, which the server refuses (RFC 2920 §3.1). */
async function sendEmptyBody(
  { say, replies }: Dialogue,
  outcomes: Outcomes,
  mail: OutgoingMail,
  envelope: readonly Answer[],
): Promise<void> {
  say(".\r\nRSET\r\n");
  const [empty] = await replies.expect(2).catch((error: unknown) => {
    outcomes.conclude(mail, envelope);
    throw error;
  });
  outcomes.conclude(mail, empty && isTaken(empty) ? [...envelope, ["DATA", empty]] : envelope);
}

function noop(): void {}
