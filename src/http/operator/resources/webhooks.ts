/** Webhooks and their messages over HTTP. */

import { enableHook, listHooks, pageHookMessages, replayHookMessage } from "#desk/hooks/webhooks.ts";
import type { Route } from "../route.ts";

export const webhookRoutes: readonly Route[] = [
  {
    ...{ id: "listWebhooks", method: "get", path: "/webhooks" },
    summary: "The webhooks of the configuration, and how they are doing",
    act: listHooks,
  },
  {
    ...{ id: "enableWebhook", method: "put", path: "/webhooks/{id}/activation" },
    summary: "Switch a webhook on again that was switched off because its receiver answered 410",
    ...{ act: enableHook, names: { id: "webhook" } },
  },
  {
    ...{ id: "listWebhookMessages", method: "get", path: "/webhook-messages" },
    summary: "Messages to webhooks with all attempts, newest first",
    act: pageHookMessages,
  },
  {
    ...{ id: "replayWebhookMessage", method: "post", path: "/webhook-messages/{id}/replays" },
    summary: "Send a message again, now, with the same id",
    ...{ act: replayHookMessage, names: { id: "message" }, status: 202 },
    conflict: "The webhook is off or not in the configuration.",
  },
];
