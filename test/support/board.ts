/** An adapter for notes that keeps the titles it was given. */

import { z } from "zod";
import type { Adapter, Schema } from "#core/adapter.ts";

export function openBoard(name = "board") {
  const posts: string[] = [];
  const adapter: Adapter = {
    name,
    medium: "note",
    config: z.strictObject({}) as Schema<unknown>,
    traits: { idempotent: false, maxLength: 500 },
    open: async () => ({
      async send({ rendition }) {
        posts.push(rendition.title);
        return { remoteId: String(posts.length) };
      },
      [Symbol.asyncDispose]: async () => undefined,
    }),
  };
  return { posts, adapter };
}
