/** `lists` in `postrider.yaml`: what readers see of a list, and whether opens and clicks are recorded. */

import { z } from "zod";
import { mailedPosts } from "#core/posts/post.ts";

const list = z.strictObject({
  title: z.string().min(1).max(120).optional().describe("The name that readers see."),
  open: z.boolean().default(true).describe("Whether people can join the list on the subscribe page."),
  archive: z
    .enum(["public", "unlisted", "none"])
    .default("public")
    .describe("Who finds its mails on the web; unlisted: whoever has the link; none: nobody."),
  index: z.boolean().default(false).describe("Whether search engines may index its archive."),
  tracking: z
    .boolean()
    .default(false)
    .describe("Whether opens and clicks are recorded. The preferences page tells readers about it."),
  posts: z
    .enum(mailedPosts)
    .default("all")
    .describe("marked: only posts with `email: true` in their front matter are sent to the list automatically."),
  welcome: z.boolean().default(true).describe("Whether a welcome email is sent after the confirmation."),
});

export type ListSettings = z.infer<typeof list>;

export const listsSchema = z.record(z.string().min(1).max(120), list).prefault({});

/** The settings of a list that the file doesn't mention. */
export const plainList: ListSettings = list.parse({});
