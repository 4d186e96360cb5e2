/** Webhooks out: shows them and their messages, sends messages again, and switches webhooks on again. */

import { z } from "zod";
import { PostriderError } from "#core/errors.ts";
import { type Hook, type HookMessage, hookEvents, messageStates } from "#core/hooks/hook.ts";
import { type Actor, act } from "../act.ts";
import { hookItem, hookMessageItem, hooksAnswer } from "../answers/hook.ts";
import { keyForms, listing, requireUuid } from "../listing.ts";
import type { DeskPorts } from "../ports.ts";

type Ports = Pick<DeskPorts, "hooks">;

const hookId = z
  .string()
  .regex(/^\d{1,9}$/, { error: "expected the id of a webhook, which is a number" })
  .describe("The id of a webhook")
  .meta({ examples: ["1"] });

export const listHooks = act({
  name: "webhooks.list",
  looks: true,
  asks: z.strictObject({}),
  needs: "operate",
  answers: hooksAnswer,
  run: async (_, __: Actor, { hooks }: Ports): Promise<{ hooks: Hook[] }> => ({ hooks: await hooks.list() }),
  document: ({ hooks }) => ({ items: hooks, next: null }),
});

/** Newest first. */
export const pageHookMessages = listing({
  list: "webhook-messages",
  needs: "operate",
  filter: {
    webhook: hookId.optional(),
    state: z.enum(messageStates).optional(),
    event: z.enum(hookEvents).optional().describe("What happened"),
  },
  item: hookMessageItem,
  keys: keyForms.number,
  find: (filter, slice, { hooks }: Ports) => hooks.messages(filter, slice),
});

export const replayHookMessage = act({
  name: "webhooks.replay",
  asks: z.strictObject({ message: z.string().min(1).max(100) }),
  needs: "operate",
  answers: hookMessageItem,
  async run({ message: id }, _: Actor, { hooks }: Ports): Promise<HookMessage> {
    requireUuid(id, "message");
    const { done, message } = await hooks.replay(id);
    if (done && message) return message;
    if (message)
      throw new PostriderError("conflict", "The webhook of this message is off or not in the configuration", {
        hint: "`postrider webhooks list` shows it; `postrider webhooks enable` switches it on again.",
      });
    throw new PostriderError("not_found", `There is no message "${id}"`, {
      hint: "Messages are kept for 30 days. GET /api/v1/webhook-messages lists them.",
    });
  },
  document: (answer) => answer,
  after: ({ id, webhook, event }: HookMessage) => ({ message: id, webhook, event }),
});

export const enableHook = act({
  name: "webhooks.enable",
  asks: z.strictObject({ webhook: hookId }),
  needs: "operate",
  answers: hookItem,
  async run({ webhook: id }, _: Actor, { hooks }: Ports): Promise<Hook> {
    const hook = await hooks.enable(id);
    if (hook) return hook;
    throw new PostriderError("not_found", `The configuration has no webhook with the id ${id}`, {
      hint: "`postrider webhooks list` shows the ids.",
    });
  },
  document: (answer) => answer,
  after: ({ url }: Hook) => ({ url: url.split("?")[0] }),
});
