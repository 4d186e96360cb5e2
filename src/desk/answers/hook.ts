/** Answers about webhooks. */

import { z } from "zod";
import { hookEvents, hookStates, messageStates } from "#core/hooks/hook.ts";
import { time } from "./common.ts";

export const hookItem = z.strictObject({
  id: z.string().meta({ examples: ["1"] }),
  url: z.string().meta({ examples: ["https://crm.example.org/postrider"] }),
  events: z.array(z.string()).meta({ examples: [["publication.finished"]] }),
  ordered: z.boolean().describe("The messages about a publication or a reader are sent one after another"),
  state: z
    .enum(hookStates)
    .describe("off: its receiver answered 410. removed: it is not in the configuration any more"),
  waiting: z.int().describe("Messages that are still to be sent"),
  givenUp: z.int().describe("Messages of the last 30 days that the receiver did not take"),
  lastSentAt: time.nullable(),
});

export const hookMessageItem = z.strictObject({
  id: z
    .string()
    .meta({ examples: ["1b4e28ba-2fa1-41d2-883f-0016d3cca427"] })
    .describe("The header `webhook-id`"),
  webhook: z
    .string()
    .describe("The id of the webhook")
    .meta({ examples: ["1"] }),
  event: z.string().meta({ examples: [hookEvents[2]] }),
  at: time,
  state: z.enum(messageStates),
  nextTryAt: time.nullable().describe("null: it is not waiting"),
  attempts: z
    .array(z.strictObject({ at: time, status: z.int().nullable(), error: z.string().nullable() }))
    .describe("The oldest first. `status` is null if no answer came"),
});

export const hooksAnswer = z.strictObject({ items: z.array(hookItem), next: z.null() });
