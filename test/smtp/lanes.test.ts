/** Emails over several connections: each is settled once, whatever becomes of a connection. */

import { describe, expect, it } from "vitest";
import { DeliveryError, type Receipt } from "#core/sending/delivery.ts";
import { type LaneCount, sendOverLanes } from "#smtp/session/bulk/lanes.ts";
import type { MailSource } from "#smtp/session/bulk/mail-source.ts";
import type { OutgoingMail, Supply } from "#smtp/session/outgoing-mail.ts";
import type { Session } from "#smtp/session/session.ts";

const never = new AbortController().signal;
const failure = (code: string) =>
  new DeliveryError({ kind: "temporary", scope: "channel", code, message: "the relay is not available" });

/** Mails with the names 0, 1, 2 and so on. */
function openSource(count: number) {
  const outcomes = new Map<string, (Receipt | DeliveryError)[]>();
  const waiting = Array.from({ length: count }, (_, id): OutgoingMail => {
    const to = String(id);
    outcomes.set(to, []);
    return { from: "", to, parts: [], begin() {}, settle: (outcome) => outcomes.get(to)?.push(outcome) };
  });
  const returned: OutgoingMail[] = [];
  let finished = false;
  const source: MailSource = {
    async take() {
      const mail = returned.shift() ?? waiting.shift() ?? null;
      if (!mail) finished = true;
      return mail;
    },
    putBack: (mail) => void returned.push(mail),
    get finished() {
      return finished;
    },
    get hasReturned() {
      return returned.length > 0;
    },
  };
  const told = (): string[] =>
    [...outcomes.values()].map((each) =>
      each.map((outcome) => (outcome instanceof DeliveryError ? outcome.failure.code : "accepted")).join(" and "),
    );
  return { source, told };
}

/** A session that takes so many mails, and then ends. */
function openSession(takes: number, work: (mail: OutgoingMail) => Promise<void> = async () => undefined) {
  const closed = Promise.withResolvers<void>();
  const session = {
    open: true,
    settled: 0,
    closed: false,
    async run(first: OutgoingMail, { take, giveBack }: Supply) {
      for (let mail: OutgoingMail | null = first; mail; mail = await take()) {
        if (session.settled === takes) {
          session.open = false;
          giveBack(mail, failure("ended"));
          return;
        }
        await work(mail);
        session.settled++;
        mail.settle({});
      }
    },
    async close() {
      session.closed = true;
      session.open = false;
      closed.resolve();
    },
  };
  return session satisfies Session;
}

const lanes = (most: number, now = most): LaneCount => ({ most, now: () => now });

describe("Lanes", () => {
  it("send everything, and keep the sessions that are open", async () => {
    const { source, told } = openSource(10);
    const kept: Session[] = [];
    const made: Session[] = [];
    const take = async (): Promise<Session> => {
      const session = openSession(100);
      made.push(session);
      return session;
    };
    await sendOverLanes(source, { take, keep: (session) => void kept.push(session) }, lanes(3), never);
    expect(told()).toEqual(Array(10).fill("accepted"));
    expect(made.length).toBeGreaterThan(0);
    expect(new Set(kept)).toEqual(new Set(made));
  });

  it("send with a new session what an ended one gives back, if that has settled something", async () => {
    const { source, told } = openSource(10);
    let sessions = 0;
    const take = async (): Promise<Session> => {
      sessions++;
      return openSession(3);
    };
    const kept: Session[] = [];
    await sendOverLanes(source, { take, keep: (session) => void kept.push(session) }, lanes(1), never);
    expect([told(), sessions]).toEqual([Array(10).fill("accepted"), 4]);
    // An ended one is not kept.
    expect(kept).toHaveLength(1);
  });

  it("settle with the reason what a session gives back that has settled nothing, so that nobody tries forever", async () => {
    const { source, told } = openSource(3);
    await sendOverLanes(source, { take: async () => openSession(0), keep() {} }, lanes(1), never);
    expect(told()).toEqual(["ended", "ended", "ended"]);
  });

  it("give up what comes back after the sending was aborted", async () => {
    const { source, told } = openSource(2);
    const abort = new AbortController();
    const take = async (): Promise<Session> => openSession(1, async () => abort.abort());
    await sendOverLanes(source, { take, keep() {} }, lanes(1), abort.signal);
    expect(told()).toEqual(["accepted", "ended"]);
  });

  it("settle with the error a mail for which no session can be opened, if no other lane works", async () => {
    const { source, told } = openSource(3);
    const take = async (): Promise<Session> => Promise.reject(failure("refused"));
    await sendOverLanes(source, { take, keep() {} }, lanes(2), never);
    expect(told()).toEqual(["refused", "refused", "refused"]);
  });

  it("leave the mails to a lane that works, if the relay takes no further connection", async () => {
    const { source, told } = openSource(6);
    const [begun, refused] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let sessions = 0;
    const take = async (): Promise<Session> => {
      if (++sessions === 1)
        return openSession(100, () => {
          begun.resolve();
          return refused.promise;
        });
      await begun.promise;
      refused.resolve();
      throw failure("too many");
    };
    await sendOverLanes(source, { take, keep() {} }, lanes(2), never);
    expect(told()).toEqual(Array(6).fill("accepted"));
    expect(sessions).toBeGreaterThan(1);
  });

  it("use no more connections than they may now, but always one", async () => {
    for (const now of [0, 1]) {
      const { source, told } = openSource(8);
      let sessions = 0;
      const take = async (): Promise<Session> => {
        sessions++;
        return openSession(100);
      };
      await sendOverLanes(source, { take, keep() {} }, lanes(4, now), never);
      expect([told(), sessions]).toEqual([Array(8).fill("accepted"), 1]);
    }
  });

  it("close a session that belongs to another process now, and finish with the first", async () => {
    const { source, told } = openSource(40);
    let may = 2;
    const made: ReturnType<typeof openSession>[] = [];
    const kept: Session[] = [];
    const take = async (): Promise<Session> => {
      const session = openSession(100, async () => {
        if (made.length === 2 && made.every(({ settled }) => settled > 1)) may = 1;
        await new Promise((resolve) => setImmediate(resolve));
      });
      made.push(session);
      return session;
    };
    await sendOverLanes(
      source,
      { take, keep: (session) => void kept.push(session) },
      { most: 2, now: () => may },
      never,
    );
    expect(told()).toEqual(Array(40).fill("accepted"));
    expect(made.filter(({ closed }) => closed)).toHaveLength(1);
    expect(kept).toHaveLength(1);
  });

  it("send what a lane puts back when all others have already ended", async () => {
    const { source, told } = openSource(2);
    const [ending, refused] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let sessions = 0;
    const take = async (): Promise<Session> => {
      if (++sessions > 2) return openSession(100);
      if (sessions === 1) {
        const session = openSession(100);
        return {
          ...session,
          async run(first, supply) {
            await session.run(first, supply);
            ending.resolve();
            await refused.promise;
          },
        };
      }
      await ending.promise;
      // The other lane ends while this one waits a second before its next try.
      setTimeout(refused.resolve, 100);
      throw failure("too many");
    };
    await sendOverLanes(source, { take, keep() {} }, lanes(2), never);
    expect([told(), sessions]).toEqual([["accepted", "accepted"], 3]);
  });
});
