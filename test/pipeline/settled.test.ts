/** When nothing more happens with a publication, until somebody does something. */

import { describe, expect, it } from "vitest";
import type { ChannelReport, PublicationReport } from "#core/publishing/publication.ts";
import { isSettledChannel, waitUntilSettled } from "#pipeline/sending/wait.ts";

const counts = {
  pending: 0,
  sending: 0,
  retrying: 0,
  accepted: 3,
  refused: 0,
  uncertain: 0,
  suppressed: 0,
  cancelled: 0,
};
const stalled = { kind: "permanent", scope: "channel", code: "password", message: "wrong" } as const;
const paused = { at: new Date(), reason: "a wrong link" };
const gate = { until: new Date(), tries: 1, said: "404", over: false, due: true };
const report = (changes: object, more: object = {}): ChannelReport =>
  ({
    adapter: "smtp",
    medium: "email",
    links: [],
    counts: { ...counts, ...changes },
    ...more,
  }) as unknown as ChannelReport;

it.each([
  ["all is sent", report({}), true],
  ["something is to be sent", report({ pending: 1 }), false],
  ["something is tried again", report({ retrying: 1 }), false],
  ["something is under way", report({ sending: 1 }), false],
  ["the channel has stalled", report({ pending: 1, retrying: 1 }, { stalled }), true],
  ["the campaign is paused", report({ pending: 1 }, { paused }), true],
  ["it is paused and something is still under way", report({ sending: 1 }, { paused }), false],
  ["it has stalled and something is still under way", report({ sending: 1 }, { stalled }), false],
  ["the audience is still being written", report({}, { freezing: true }), false],
  ["it is paused while the audience is being written", report({ pending: 1 }, { freezing: true, paused }), true],
  ["it waits for the post's page", report({}, { gate }), false],
  ["it no longer waits for the page", report({}, { gate: { ...gate, over: true } }), true],
  ["it waits for the page at a later time", report({}, { gate, scheduledFor: new Date(Date.now() + 60_000) }), true],
  ["its time has come, and it waits for the page", report({}, { gate, scheduledFor: new Date(Date.now() - 1) }), false],
])("A channel is settled or not when %s", (_title, channel, settled) => {
  expect(isSettledChannel(channel)).toBe(settled);
});

describe("Waiting until posts are settled", () => {
  const never = new AbortController().signal;
  const of = (channels: Record<string, ChannelReport>): PublicationReport[] => [
    { channels } as unknown as PublicationReport,
  ];

  /** A ledger that says one thing after the other, the last one for ever. */
  async function waited(
    said: Record<string, PublicationReport[][]>,
    channels: readonly string[],
    { signal = never, onPause = () => {} }: { signal?: AbortSignal; onPause?: (ms: number) => void } = {},
  ) {
    const pauses: number[] = [];
    const progress: number[] = [];
    const left = new Map(Object.entries(said).map(([post, reports]) => [post, [...reports]]));
    const report = async (post: string) => {
      const reports = left.get(post) ?? [];
      return (reports.length > 1 ? reports.shift() : reports[0]) ?? [];
    };
    const sleep = async (ms: number): Promise<void> => {
      pauses.push(ms);
      onPause(ms);
      if (pauses.length > 20) throw new Error("it waits too often");
      if (signal.aborted) throw signal.reason;
    };
    const ports = { ledger: { report }, clock: { now: () => new Date(), sleep } };
    const posts = Object.keys(said);
    const last = await waitUntilSettled(posts, channels, ports, (now) => progress.push(now.length), signal);
    return { pauses, progress, last };
  }

  it("asks until all posts are, and shows each answer", async () => {
    const first = [of({ mail: report({ pending: 1 }) }), of({ mail: report({}) })];
    const second = [
      of({ mail: report({ sending: 1 }) }),
      of({ mail: report({ sending: 1 }) }),
      of({ mail: report({}) }),
    ];
    const { pauses, progress, last } = await waited({ a: first, b: second }, ["mail"]);
    expect([pauses.length, progress, last]).toEqual([
      2,
      [2, 2, 2],
      [...of({ mail: report({}) }), ...of({ mail: report({}) })],
    ]);
  });

  it("does not wait for other channels, and for nothing where nothing was published", async () => {
    const other = [of({ mail: report({}), social: report({ pending: 1 }) })];
    expect((await waited({ a: other }, ["mail"])).pauses).toEqual([]);
    expect((await waited({ a: [[]] }, ["mail"])).pauses).toEqual([]);
  });

  it("gives the last report when it is stopped, also in a pause", async () => {
    const open = [of({ mail: report({ pending: 7 }) })];
    expect(await waited({ a: open }, ["mail"], { signal: AbortSignal.abort() })).toMatchObject({
      pauses: [],
      last: open[0],
    });
    const stop = new AbortController();
    const during = await waited({ a: open }, ["mail"], { signal: stop.signal, onPause: () => stop.abort() });
    expect([during.pauses.length, during.progress, during.last]).toEqual([1, [1, 1], open[0]]);
  });

  it("asks about a small campaign five times a second, and about a large one more rarely, if counting is slow", async () => {
    const pauseOf = async (pending: number) =>
      (await waited({ a: [of({ mail: report({ pending }) }), of({ mail: report({}) })] }, ["mail"])).pauses[0] ?? 0;
    expect(Math.floor(await pauseOf(1))).toBe(200);
    const large = await pauseOf(1_000_000);
    expect(large).toBeGreaterThanOrEqual(200);
    expect(large).toBeLessThanOrEqual(5_201);
  });
});
