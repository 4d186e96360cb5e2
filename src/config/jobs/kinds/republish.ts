/** The schema of a job that sends a post again, or edits its copies. */

import { z } from "zod";
import { questions } from "#core/jobs/job-file.ts";
import { republishModes } from "#core/publishing/republish.ts";
import { common, kindOf, names } from "./common.ts";

export function republishSchema(timezone: string) {
  return z.strictObject({
    kind: kindOf("republish", "Sends a post again, or edits its published copies. An operator decides."),
    ...common(timezone),
    post: z.string().min(1).optional().describe("The file of the post, relative to the site folder."),
    channels: names
      .min(1)
      .optional()
      .describe("Names of channels. Default: all channels that the post was published to."),
    mode: z
      .enum(republishModes)
      .optional()
      .describe(
        "retry: what was refused or is uncertain; update: edits what is out, mails nobody; repost: once more to everybody.",
      ),
    reason: z.string().min(1).optional().describe("The reason, recorded in the ledger. A repost needs one."),
    replace: z
      .boolean()
      .optional()
      .describe("With update: if a network can't edit, delete the post there and post it again."),
    ask: z
      .array(z.enum(questions))
      .optional()
      .describe("What the operator fills in when running the job. Other values are fixed by this file."),
  });
}
