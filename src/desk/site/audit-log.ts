/** Shows who did what, the newest first. */

import { z } from "zod";
import { foundIn } from "#core/listings/page.ts";
import { fields, given } from "../act.ts";
import { logEntry } from "../answers/log.ts";
import { keyForms, listing } from "../listing.ts";
import type { DeskPorts } from "../ports.ts";

export const readLog = listing({
  list: "audit-log",
  needs: "admin",
  filter: {
    since: fields.time.optional().describe("Only from this time on"),
    actor: z.string().min(1).max(200).optional().describe("Only what this person, token or program did"),
    post: z.string().min(1).max(2_000).optional().describe("Only acts with this post, by the path or id that was used"),
    act: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .describe("Only this act")
      .meta({ examples: ["campaigns.pause"] }),
  },
  item: logEntry,
  keys: keyForms.number,
  async find(filter, { after, limit }, { audit }: Pick<DeskPorts, "audit">) {
    const found = await audit.list({ ...given(filter), ...(after !== null && { before: after }), limit: limit + 1 });
    return foundIn(found, limit, ({ number }) => number);
  },
});
