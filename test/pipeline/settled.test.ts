/** When nothing more happens with a publication, until somebody does something. */

import { expect, it } from "vitest";
import type { ChannelReport } from "#core/publishing/publication.ts";
import { isSettledChannel } from "#pipeline/sending/wait.ts";

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
