/**
 * One session for many emails with as few round trips as the server allows: commands go out in groups (RFC 2920), the
 * next email's commands follow the current body, and with chunking (RFC 3030) several emails are in flight.
 */

import { openDialogue } from "./dialogue/dialogue.ts";
import { unfit } from "./dialogue/extensions.ts";
import { sendInChunks } from "./dialogue/in-chunks.ts";
import { sendInTurn } from "./dialogue/in-turn.ts";
import { openOutcomes } from "./dialogue/outcomes.ts";
import type { OutgoingMail, Supply } from "./outgoing-mail.ts";
import type { Relay } from "./relay.ts";

export interface Session {
  readonly open: boolean;
  /** Mails that it has settled. */
  readonly settled: number;
  /**
   * Sends the first and whatever the supply has, until it has no more or the dialogue ends. What was not begun then goes
   * back to the supply.
   */
  run(first: OutgoingMail, supply: Supply): Promise<void>;
  close(): Promise<void>;
}

/** Connects, logs in and asks what the server can do. @throws DeliveryError */
export async function openSession(relay: Relay, timeoutMs: number, signal: AbortSignal): Promise<Session> {
  const dialogue = await openDialogue(relay, timeoutMs, signal);
  const { name, extensions, replies } = dialogue;
  const outcomes = openOutcomes(name);
  const send = extensions.has("CHUNKING") && extensions.has("PIPELINING") ? sendInChunks : sendInTurn;
  return {
    get open() {
      return replies.open;
    },
    get settled() {
      return outcomes.settled;
    },
    async run(first, { take, giveBack }) {
      /** Of what is taken, that which the server can take; the rest is settled. */
      const takeFitting = async (): Promise<OutgoingMail | null> => {
        for (;;) {
          const mail = await take();
          const problem = mail && unfit(mail, extensions, name);
          if (!mail || !problem) return mail;
          outcomes.settle(mail, problem);
        }
      };
      const problem = unfit(first, extensions, name);
      if (problem) outcomes.settle(first, problem);
      const begin = problem ? await takeFitting() : first;
      if (begin) await send(dialogue, outcomes, begin, { take: takeFitting, giveBack });
    },
    close: dialogue.close,
  };
}
