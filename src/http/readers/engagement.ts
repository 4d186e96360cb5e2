/**
 * `/open/:seen` and `/click/:seen/:target`: record opens and clicks, for lists that tell their readers about it. The
 * target of a click was signed by us, so that we never redirect to another address. A second signature identifies the
 * email; if it is wrong, the reader is redirected anyway.
 */

import type { Context, Hono } from "hono";
import { verifyToken } from "#core/readers/token.ts";
import type { EngagementStore, Seen } from "#core/sending/engagement.ts";
import type { ReaderDesk } from "./desk.ts";
import { isPrefetch } from "./prefetch.ts";

export function engagementRoutes(app: Hono, desk: ReaderDesk, store: EngagementStore): void {
  const note = async (context: Context, kind: Seen["kind"], url: string): Promise<void> => {
    // A HEAD is answered like a GET, but no reader sends it.
    const [delivery] = verifyToken(desk.secret, "seen", context.req.param("seen") ?? "") ?? [];
    if (!delivery || context.req.method !== "GET" || desk.tracked.length === 0) return;
    await store.note({ delivery, kind, url, prefetched: isPrefetch(context.req.raw.headers) }, desk.tracked);
  };
  app.get("/open/:seen", async (context) => {
    await note(context, "open", "");
    return context.body(point, 200, { ...unremembered, "content-type": "image/gif" });
  });
  app.get("/click/:seen/:target", async (context) => {
    const [url] = verifyToken(desk.secret, "click", context.req.param("target")) ?? [];
    if (!url) return desk.show(context, { kind: "invalid-link" });
    await note(context, "click", url);
    return context.body(null, 302, { ...unremembered, location: url });
  });
}

const unremembered = {
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-robots-tag": "noindex",
  "x-content-type-options": "nosniff",
};

/** One transparent point (GIF89a). */
const point = new Uint8Array(Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64"));
