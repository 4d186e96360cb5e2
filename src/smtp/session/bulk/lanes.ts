/** Sends from one source over several connections: each lane takes its next mail when its connection is ready. */

import { setTimeout as sleep } from "node:timers/promises";
import type { DeliveryError } from "#core/sending/delivery.ts";
import { channelDelay } from "#core/sending/retry.ts";
import type { OutgoingMail } from "../outgoing-mail.ts";
import type { Session } from "../session.ts";
import type { MailSource } from "./mail-source.ts";

export interface Sessions {
  /** One that is idle, or a new one. @throws DeliveryError */
  take(signal: AbortSignal): Promise<Session>;
  /** For the next who takes one. */
  keep(session: Session): void;
}

/** `now` may become less while mails go out, and more again. */
export interface LaneCount {
  most: number;
  now(): number;
}

/** A connection that is another process's now is asked for again this often. */
const restMs = 500;

/** Resolves when the source is empty and every mail is settled. */
export async function sendOverLanes(
  source: MailSource,
  sessions: Sessions,
  lanes: LaneCount,
  signal: AbortSignal,
): Promise<void> {
  let working = 0;

  /** The first goes on in any case: somebody has to finish what was begun. */
  const rests = (index: number): boolean => index > 0 && index >= lanes.now();
  const takeFor = async (index: number): Promise<OutgoingMail | null> => {
    while (rests(index) && !source.finished && !signal.aborted)
      await sleep(restMs, undefined, { signal }).catch(() => undefined);
    return rests(index) ? null : source.take();
  };

  /** A session, or `null` where the other lanes have to do without this one for a while. */
  const sessionFor = async (mail: OutgoingMail): Promise<Session | null> => {
    try {
      return await sessions.take(signal);
    } catch (error) {
      // The relay takes no more of us at once, and goes on with those that it has.
      if (working > 0 && !signal.aborted) source.putBack(mail);
      else mail.settle(error as DeliveryError);
      return null;
    }
  };

  const runSession = async (session: Session, first: OutgoingMail, index: number): Promise<void> => {
    const before = session.settled;
    working++;
    try {
      await session.run(first, {
        take: async () => (rests(index) ? null : source.take()),
        // A relay may end a conversation after so many mails, or after so long; a new one answers whether it is more.
        giveBack(mail, reason) {
          if (session.settled > before && !signal.aborted) source.putBack(mail);
          else mail.settle(reason);
        },
      });
    } finally {
      working--;
    }
    if (session.open && rests(index)) await session.close();
    else if (session.open) sessions.keep(session);
  };

  const runLane = async (index: number): Promise<void> => {
    let failures = 0;
    for (let mail = await takeFor(index); mail; mail = await takeFor(index)) {
      const session = await sessionFor(mail);
      if (session) await runSession(session, mail, index);
      else if (!signal.aborted && working > 0) {
        await sleep(channelDelay(++failures), undefined, { signal }).catch(() => undefined);
        if (working === 0 || failures > 3) return;
      }
    }
  };

  await Promise.all(Array.from({ length: lanes.most }, (_, index) => runLane(index)));
  // A lane that went home early may have left something behind.
  if (source.hasReturned) await runLane(0);
}
