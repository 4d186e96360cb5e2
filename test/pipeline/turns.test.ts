/** Who may be written to now: the channel's limits, the recipients' providers, and who waits for a subject. */

import { describe, expect, it } from "vitest";
import { anEnvelope } from "#contract/samples.ts";
import type { ClaimedDelivery } from "#core/ports/sending.ts";
import type { SendingPorts } from "#core/ports/sending-ports.ts";
import type { ChannelPublication } from "#core/publishing/publication.ts";
import type { EmailRendition } from "#core/renditions/rendition.ts";
import type { Bucket, Pace } from "#core/sending/sending.ts";
import { openTurns } from "#pipeline/sending/pace.ts";
import { underSubject, underSubjects } from "#pipeline/sending/subjects.ts";

const never = new AbortController().signal;
const to = (id: number, address?: string, subject: number | null = null): ClaimedDelivery => ({
  ...{ id: String(id), recipient: "r", generation: 1, attempts: 0, subject },
  subscriber: address === undefined ? null : { address },
});

/** Limits that grant what they have, and note what they were asked for. */
async function opened(
  deliveries: readonly ClaimedDelivery[],
  pace: Pace,
  { has = {}, blocked = {} }: { has?: Record<string, number[]>; blocked?: Record<string, number> } = {},
) {
  const asked: [key: string, wanted: number][] = [];
  const deferred: [ids: readonly string[], ms: number][] = [];
  const slept: number[] = [];
  const lookedUp: string[] = [];
  const ledger = {
    async takePace({ key }: Bucket, wanted: number) {
      asked.push([key, wanted]);
      const left = has[key]?.shift() ?? wanted;
      // A negative number is how long to wait.
      return left < 0 ? { granted: 0, waitMs: -left } : { granted: Math.min(left, wanted), waitMs: 0 };
    },
    async blockedPace(keys: readonly string[]) {
      lookedUp.push(...keys);
      return new Map(Object.entries(blocked));
    },
    blockPace: async (key: string, ms: number) => void asked.push([`block ${key}`, ms]),
    defer: async (ids: readonly string[], ms: number) => void deferred.push([ids, ms]),
  };
  const ports = {
    ledger,
    clock: { now: () => new Date("2026-05-02T12:00:00Z"), sleep: async (ms: number) => void slept.push(ms) },
    networkRate: () => ({}),
  } as unknown as SendingPorts;
  const publication = { channel: "mail", adapter: "smtp", rules: { pace } } as unknown as ChannelPublication;
  const turns = await openTurns(deliveries, publication, ports);
  const next = async (size: number, signal = never) => {
    const turn = await turns.next(size, signal);
    return "group" in turn ? turn.group.map(({ id }) => Number(id)) : turn;
  };
  return { turns, next, asked, deferred, slept, lookedUp };
}

describe("Turns", () => {
  it("go in order, in groups of the wanted size, without asking where there is no limit", async () => {
    const { next, asked, turns } = await opened([to(1), to(2), to(3)], {});
    expect([await next(2), await next(2), await next(2)]).toEqual([[1, 2], [3], []]);
    expect([asked, await turns.close()]).toEqual([[], null]);
  });

  it("ask the slowest limit first, and a faster one for no more; what is not granted keeps its place", async () => {
    const { next, asked } = await opened(
      [to(1), to(2), to(3), to(4)],
      { perSecond: 10, perDay: 100 },
      {
        has: { "mail perDay": [3], "mail perSecond": [2] },
      },
    );
    expect(await next(4)).toEqual([1, 2]);
    expect(asked).toEqual([
      ["mail perDay", 4],
      ["mail perSecond", 3],
    ]);
    expect([await next(4), await next(4)]).toEqual([[3, 4], []]);
  });

  it("wait a moment themselves, and give a longer wait back to the queue", async () => {
    const { next, slept } = await opened([to(1)], { perSecond: 1 }, { has: { "mail perSecond": [-2_000, 1] } });
    expect([await next(1), slept]).toEqual([[1], [2_000]]);
    const long = await opened([to(1)], { perSecond: 1 }, { has: { "mail perSecond": [-2_001] } });
    expect([await long.next(1), long.slept]).toEqual([{ pauseMs: 2_001 }, []]);
    const stopped = await opened([to(1)], { perSecond: 1 }, { has: { "mail perSecond": [-100] } });
    expect(await stopped.next(1, AbortSignal.abort())).toEqual({ pauseMs: 100 });
  });

  it("keep to the number of the warm-up's day", async () => {
    const { next, asked } = await opened([to(1), to(2)], { warmUp: { start: "2026-05-01", perDay: [5, 7] } });
    expect([await next(2), asked]).toEqual([[1, 2], [["mail warm-up 1", 2]]]);
  });

  it("pass over recipients whose provider gets nothing now, and put them off until it does", async () => {
    const deliveries = [
      to(1, "a@slow.example"),
      to(2, "b@x.example"),
      to(3, "c@SLOW.example"),
      to(4, "d@rest.example"),
    ];
    const { next, turns, deferred, lookedUp } = await opened(
      deliveries,
      {},
      {
        blocked: { "mail @slow.example": 9_000, "mail @rest.example": 4_000 },
      },
    );
    expect(lookedUp).toEqual(["mail @slow.example", "mail @x.example", "mail @rest.example"]);
    expect([await next(9), await next(9)]).toEqual([[2], []]);
    expect(await turns.close()).toBe(4_000);
    expect(deferred).toEqual([
      [["1", "3"], 9_000],
      [["4"], 4_000],
    ]);
  });

  it("know the provider by the last @ of an address, and look up none where there is no address", async () => {
    const quoted = await opened(
      [to(1, '"a@other.example"@slow.example')],
      {},
      { blocked: { "mail @slow.example": 9 } },
    );
    expect([await quoted.next(1), quoted.lookedUp]).toEqual([[], ["mail @slow.example"]]);
    const post = await opened([to(1)], {});
    expect([await post.next(1), post.lookedUp]).toEqual([[1], []]);
    const both = await opened([to(1), to(2, "b@x.example")], {});
    expect([await both.next(2), both.lookedUp]).toEqual([[1, 2], ["mail @x.example"]]);
  });

  it("keep to the limits of a provider", async () => {
    const deliveries = [to(1, "a@x.example"), to(2, "b@x.example"), to(3, "c@y.example")];
    const { next, turns, asked, deferred } = await opened(
      deliveries,
      { domains: { "x.example": { perSecond: 1 } } },
      {
        has: { "mail @x.example perSecond": [1, -800] },
      },
    );
    expect(await next(9)).toEqual([1, 3]);
    expect(asked).toEqual([
      ["mail @x.example perSecond", 1],
      ["mail @x.example perSecond", 1],
    ]);
    expect([await turns.close(), deferred]).toEqual([800, [[["2"], 800]]]);
  });

  it("give a provider a minute's rest after three deferrals, or at once for as long as it asks", async () => {
    const delivery = to(1, "a@x.example");
    const { turns, asked, next } = await opened([to(2, "b@x.example")], {});
    const later = { ...{ kind: "temporary" as const, scope: "recipient" as const }, code: "later", message: "later" };
    await turns.failed(delivery, later);
    await turns.failed(delivery, later);
    await turns.failed(to(3), later);
    expect(asked).toEqual([]);
    await turns.failed(delivery, later);
    expect(asked).toEqual([["block mail @x.example", 60_000]]);
    expect([await next(1), await turns.close()]).toEqual([[], 60_000]);
    const other = await opened([], {});
    await other.turns.failed(delivery, { ...later, kind: "throttled", retryAfter: 5_000 });
    expect(other.asked).toEqual([["block mail @x.example", 5_000]]);
  });
});

describe("An email with several subjects", () => {
  const rendition: EmailRendition = { ...anEnvelope("email").rendition, subject: "A", subjects: ["A", "B"] };

  it("has the one that a reader tests, as the same object each time", () => {
    expect(underSubject(rendition, 2)).toEqual({ ...rendition, subject: "B" });
    expect(underSubject(rendition, 2)).toBe(underSubject(rendition, 2));
    expect(underSubject(rendition, 1).medium === "email" && underSubject(rendition, 1)).toMatchObject({ subject: "A" });
    expect(underSubject(rendition, null)).toBe(rendition);
    expect(underSubject(rendition, 3)).toBe(rendition);
    const { subjects: _, ...single } = rendition;
    expect(underSubject(single, 1)).toBe(single);
  });

  it("goes to those who test one; the others wait until one is chosen", async () => {
    const claimed = [to(1, "a@x.example", 1), to(2, "b@x.example"), to(3, "c@x.example", 2), to(4, "d@x.example")];
    const under = async (
      chosen: number | null | undefined,
      subjects = 2,
      deliveries: readonly ClaimedDelivery[] = claimed,
    ) => {
      const deferred: [readonly string[], number][] = [];
      const ledger = {
        subjectChosen: async () => chosen,
        defer: async (ids: readonly string[], ms: number) => void deferred.push([ids, ms]),
      } as unknown as SendingPorts["ledger"];
      const publication = {
        subjects,
        publicationId: "p",
        channel: "mail",
        rules: { subjectTest: { waitSeconds: 60 } },
      };
      const answer = await underSubjects(publication as unknown as ChannelPublication, deliveries, ledger);
      return { ...answer, deliveries: answer.deliveries.map(({ id }) => Number(id)), deferred };
    };
    expect(await under(2)).toEqual({ deliveries: [1, 2, 3, 4], subject: 2, retryIn: null, deferred: [] });
    expect(await under(null)).toEqual({
      deliveries: [1, 3],
      subject: null,
      retryIn: 60_000,
      deferred: [[["2", "4"], 60_000]],
    });
    expect(await under(undefined)).toEqual({ deliveries: [1, 3], subject: null, retryIn: null, deferred: [] });
    expect(await under(null, 1)).toEqual({ deliveries: [1, 2, 3, 4], subject: null, retryIn: null, deferred: [] });
    const tested = [to(1, "a@x.example", 1)];
    expect(await under(null, 2, tested)).toEqual({ deliveries: [1], subject: null, retryIn: null, deferred: [] });
  });
});
