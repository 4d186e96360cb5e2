/** Reads request bodies within limits: of each one, and of all that are in memory at once. Nothing is unpacked. */

import type { Context, MiddlewareHandler } from "hono";

/** Of all requests together: anybody may begin a body, and take long to end it. */
const mostHeld = 64 * 1024 * 1024;
let held = 0;

type Refuse = (context: Context, status: 413 | 503, words: string) => Response;

/** @param refuse - Default: in plain text. */
export function boundedBody(mostBytes: number, refuse: Refuse = inWords): MiddlewareHandler {
  return async (context, next) => {
    const { raw } = context.req;
    if (!raw.body) return next();
    const tooLarge = (): Response => refuse(context, 413, "The request body is too large");
    if (Number(raw.headers.get("content-length")) > mostBytes) return tooLarge();
    const reader: ReadableStreamDefaultReader<Uint8Array> = raw.body.getReader();
    const chunks: Uint8Array[] = [];
    let size = 0;
    try {
      for (;;) {
        const read = await reader.read().catch(() => null);
        // Whoever sent it has gone, or was too slow.
        if (!read) return context.body(null, 400);
        if (read.done) break;
        size += read.value.length;
        held += read.value.length;
        if (size > mostBytes) return tooLarge();
        if (held > mostHeld) return refuse(context, 503, "Too many requests are being read. Try again in a minute");
        chunks.push(read.value);
      }
      context.req.raw = new Request(raw, { body: Buffer.concat(chunks) });
      return await next();
    } finally {
      held -= size;
    }
  };
}

function inWords(context: Context, status: 413 | 503, words: string): Response {
  return context.text(`${words}.\n`, status);
}
