/** `lists` in `postrider.yaml`: what readers see of a list, and what is seen of them. */

import { z } from "zod";
import { mailedPosts } from "#core/posts/post.ts";

const list = z.strictObject({
  title: z.string().min(1).max(120).optional().describe("What readers call it."),
  open: z.boolean().default(true).describe("Anybody may join it on the subscribe page."),
  archive: z
    .enum(["public", "unlisted", "none"])
    .default("public")
    .describe("Who finds its mails on the web; unlisted: whoever has the link; none: nobody."),
  index: z.boolean().default(false).describe("Search engines may list its archive."),
  tracking: z.boolean().default(false).describe("Opens and clicks are noted, and its readers are told."),
  posts: z
    .enum(mailedPosts)
    .default("all")
    .describe("marked: by itself, it is mailed only posts whose front matter says `email: true`."),
  welcome: z.boolean().default(true).describe("Whether a first mail comes after the confirmation."),
});

export type ListSettings = z.infer<typeof list>;

export const listsSchema = z.record(z.string().min(1).max(120), list).prefault({});

/** What holds for a list that isn't mentioned. */
export const plainList: ListSettings = list.parse({});
