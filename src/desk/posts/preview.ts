/** Renders everything that would be sent for a post, as files to look at. */

import { z } from "zod";
import type { Reading } from "#core/posts/content.ts";
import { type PreviewPorts, preview } from "#pipeline/pages/preview.ts";
import { leftOutOf } from "#pipeline/publishing/left-out.ts";
import { type Actor, act, anyLimits } from "../act.ts";
import { previewAnswer } from "../answers/site.ts";
import type { ReadPorts } from "../ports.ts";
import { readNamed } from "./read.ts";

export { scheme } from "#pipeline/pages/framed-page.ts";

export interface PreviewAnswer {
  reading: Reading;
  /** Channel -> why the post is not sent there. */
  leftOut: Record<string, string>;
  /** Files by name. Empty if the post can't be read. */
  files: Map<string, string | Buffer>;
}

export const previewPost = act({
  name: "posts.preview",
  asks: z.strictObject({ post: z.string().min(1) }),
  needs: "check",
  within: anyLimits,
  answers: previewAnswer,
  async run({ post: name }, actor: Actor, ports: ReadPorts & PreviewPorts): Promise<PreviewAnswer> {
    const reading = await readNamed(name, actor, ports);
    const { post } = reading;
    if (!post) return { reading, leftOut: {}, files: new Map() };
    return { reading, leftOut: leftOutOf(post, ports.channels), files: await preview(post, ports) };
  },
  document: ({ reading, leftOut, files }) => ({
    files: [...files.keys()],
    leftOut,
    diagnostics: reading.diagnostics,
  }),
});
