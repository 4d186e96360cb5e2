/** Events as they happen, as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */

import type { Hono } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import type { LiveEvent, LiveEvents } from "#core/events/event.ts";
import { perform } from "#desk/act.ts";
import { watchEvents } from "#desk/events/watch.ts";
import { callerOf } from "./caller.ts";

/** Without anything to say: so that proxies keep the connection, and a listener that has gone is noticed. */
const heartbeatMs = 15_000;
const retryMs = 2_000;

export function eventRoutes(app: Hono, events: LiveEvents): void {
  app.get("/events", async (context) => {
    const after = context.req.header("last-event-id");
    const gone = new AbortController();
    const asked = after === undefined ? {} : { after };
    const batches = await perform(watchEvents, asked, callerOf(context, watchEvents), { events, signal: gone.signal });
    // nginx would collect the events otherwise.
    context.header("x-accel-buffering", "no");
    return streamSSE(context, async (stream) => {
      stream.onAbort(() => gone.abort());
      const heartbeat = setInterval(() => void stream.write(": still here\n\n").catch(() => gone.abort()), heartbeatMs);
      try {
        await stream.write(`retry: ${retryMs}\n\n`);
        for await (const batch of batches) for (const event of batch) await send(stream, event);
      } finally {
        clearInterval(heartbeat);
        gone.abort();
      }
    });
  });
}

function send(stream: SSEStreamingApi, { id, kind, ...rest }: LiveEvent): Promise<void> {
  return stream.writeSSE({ event: kind, data: JSON.stringify(rest), ...(id !== null && { id }) });
}
