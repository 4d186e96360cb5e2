/** `lists` in `postrider.yaml`: what readers see of a list, and what is seen of them. */

import { z } from "zod";
import { mailedPosts } from "#core/post.ts";

const list = z.strictObject({
  /** What readers call it. */
  title: z.string().min(1).max(120).optional(),
  /** Anybody may join it on the subscribe page. */
  open: z.boolean().default(true),
  /** `unlisted`: pages are there for whoever has the link; `none`: there are none. */
  archive: z.enum(["public", "unlisted", "none"]).default("public"),
  /** Search engines may list its archive. */
  index: z.boolean().default(false),
  /** Opens and clicks are noted. */
  tracking: z.boolean().default(false),
  /** `marked`: by itself, it is mailed only posts whose front matter says `email: true`. */
  posts: z.enum(mailedPosts).default("all"),
  /** A first mail after the confirmation. */
  welcome: z.boolean().default(true),
});

export type ListSettings = z.infer<typeof list>;

export const listsSchema = z.record(z.string().min(1).max(120), list).prefault({});

/** What holds for a list that isn't mentioned. */
export const plainList: ListSettings = list.parse({});
