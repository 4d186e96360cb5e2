/** Follows what happens: progress of campaigns, new states, alarms. */

import { z } from "zod";
import type { LiveEvent, LiveEvents } from "#core/events/event.ts";
import { type Actor, act, streamed } from "../act.ts";
import { time } from "../answers/common.ts";

export interface WatchPorts {
  events: LiveEvents;
  /** Ends the watching. */
  signal: AbortSignal;
}

export const liveEvent = z.strictObject({
  id: z.string().nullable(),
  at: time,
  kind: z.string().describe("campaign.progress, or a kind of the ledger's history such as publication.created"),
  post: z.string().nullable(),
  publication: z.string().nullable(),
  channel: z.string().nullable(),
  data: z.record(z.string(), z.unknown()).nullable(),
});

export const watchEvents = act({
  name: "events.watch",
  asks: z.strictObject({
    /** The id of the last event that the caller has. */
    after: z
      .string()
      .regex(/^\d{1,18}$/, "expected the id of an event")
      .optional(),
  }),
  needs: "read",
  answers: liveEvent,
  within: ["channels"],
  run: async ({ after }, { limits }: Actor, { events, signal }: WatchPorts): Promise<AsyncIterable<LiveEvent[]>> =>
    events.watch({
      signal,
      ...(after !== undefined && { after }),
      ...(limits?.channels && { channels: limits.channels }),
    }),
  document: streamed,
});
