/** Sends a stream of emails over several connections; each takes its next email when it is ready. */

import { setTimeout as sleep } from "node:timers/promises";
import type { Envelope, SendProgress } from "#core/adapter.ts";
import type { EmailRendition } from "#core/renditions/rendition.ts";
import { DeliveryError } from "#core/sending/delivery.ts";
import { channelDelay } from "#core/sending/retry.ts";
import { compile, type Splice } from "#smtp/message/compile.ts";
import { type DkimKey, openSigner, verifyOwn } from "#smtp/message/dkim.ts";
import { joined, type Mail, type Part, partsOf } from "#smtp/message/mail.ts";
import type { MessageOptions } from "#smtp/message/message.ts";
import { wireAddress } from "#smtp/message/sender.ts";
import type { OutgoingMail } from "./outgoing-mail.ts";
import type { Relay } from "./relay.ts";
import { openSession, type Session } from "./session.ts";

export interface Bulk extends AsyncDisposable {
  sendMany(
    envelopes: AsyncIterable<Envelope<"email">>,
    progress: SendProgress<"email">,
    signal: AbortSignal,
  ): Promise<void>;
}

export interface BulkOptions {
  relay: Relay;
  /** `now` may become less while mails go out, and more again. */
  connections: { most: number; now(): number };
  timeoutMs: number;
  message: MessageOptions;
  /** None: the relay signs, or nobody. */
  dkim: readonly DkimKey[];
  /** Whom bounces go to (RFC 5321 §3.6.3). */
  returnPath(envelope: Envelope<"email">): string;
}

/** A connection that is another process's now is asked for again this often. */
const restMs = 500;

export function openBulk({ relay, connections, timeoutMs, message, dkim, returnPath }: BulkOptions): Bulk {
  const sign = openSigner(dkim);
  const idle: Session[] = [];
  const compiled = new WeakMap<EmailRendition, Map<string, Promise<Splice>>>();

  /** Composed once for a rendition and a list. */
  const spliceFor = (envelope: Envelope<"email">): Promise<Splice> => {
    const { rendition, recipient } = envelope;
    const byList = compiled.get(rendition) ?? new Map<string, Promise<Splice>>();
    compiled.set(rendition, byList);
    const known = byList.get(recipient.list.name);
    if (known) return known;
    const made = prepared(envelope);
    byList.set(recipient.list.name, made);
    made.catch(() => byList.delete(recipient.list.name));
    return made;
  };

  const prepared = async (envelope: Envelope<"email">): Promise<Splice> => {
    const splice = await compile(envelope, message);
    if (dkim.length > 0) verifyOwn(joined(await signedParts(splice(envelope))), dkim);
    return splice;
  };
  const signedParts = async (mail: Mail): Promise<Part[]> => partsOf(mail, dkim.length > 0 ? await sign(mail) : []);

  return {
    async sendMany(envelopes, progress, signal) {
      const source = envelopes[Symbol.asyncIterator]();
      const returned: OutgoingMail[] = [];
      let working = 0;
      let finished = false;

      const jobOf = async (envelope: Envelope<"email">): Promise<OutgoingMail | null> => {
        const settle: OutgoingMail["settle"] = (outcome) =>
          progress.settle(
            outcome instanceof DeliveryError ? { envelope, failure: outcome.failure } : { envelope, receipt: outcome },
          );
        try {
          const splice = await spliceFor(envelope);
          return {
            from: returnPath(envelope),
            to: wireAddress(envelope.recipient.address),
            parts: await signedParts(splice(envelope)),
            begin: () => progress.begin(envelope),
            settle,
          };
        } catch (error) {
          if (!(error instanceof DeliveryError)) throw error;
          settle(error);
          return null;
        }
      };
      const take = async (): Promise<OutgoingMail | null> => {
        for (;;) {
          const back = returned.shift();
          if (back) return back;
          const { done, value } = await source.next();
          if (done) {
            finished = true;
            return returned.shift() ?? null;
          }
          const job = await jobOf(value);
          if (job) return job;
        }
      };

      /** A session, or `null` where the others have to do without this one for a while. */
      const open = async (job: OutgoingMail): Promise<Session | null> => {
        for (let kept = idle.pop(); kept; kept = idle.pop()) if (kept.open) return kept;
        try {
          return await openSession(relay, timeoutMs, signal);
        } catch (error) {
          // The relay takes no more of us at once, and goes on with those that it has.
          if (working > 0 && !signal.aborted) returned.push(job);
          else job.settle(error as DeliveryError);
          return null;
        }
      };

      /** The first goes on in any case: somebody has to finish what was begun. */
      const rests = (index: number): boolean => index > 0 && index >= connections.now();
      const takeFor = async (index: number): Promise<OutgoingMail | null> => {
        while (rests(index) && !finished && !signal.aborted)
          await sleep(restMs, undefined, { signal }).catch(() => undefined);
        return rests(index) ? null : take();
      };

      const lane = async (index: number): Promise<void> => {
        let failures = 0;
        for (let job = await takeFor(index); job; job = await takeFor(index)) {
          const session = await open(job);
          if (!session) {
            if (signal.aborted || working === 0) continue;
            await sleep(channelDelay(++failures), undefined, { signal }).catch(() => undefined);
            if (working === 0 || failures > 3) return;
            continue;
          }
          const before = session.settled;
          working++;
          // A relay may end a conversation after so many mails, or after so long; a new one answers whether it is more.
          try {
            await session.run(job, {
              take: async () => (rests(index) ? null : take()),
              giveBack(back, reason) {
                if (session.settled > before && !signal.aborted) returned.push(back);
                else back.settle(reason);
              },
            });
          } finally {
            working--;
          }
          if (session.open && rests(index)) await session.close();
          else if (session.open) idle.push(session);
        }
      };
      await Promise.all(Array.from({ length: connections.most }, (_, index) => lane(index)));
      // A lane that went home early may have left something behind.
      if (returned.length > 0) await lane(0);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(idle.splice(0).map((session) => session.close()));
    },
  };
}
