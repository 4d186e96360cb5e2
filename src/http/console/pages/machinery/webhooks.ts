/** `/console/webhooks`: which addresses are told what happens, and the messages that they did not take. */

import type { Hook, HookMessage } from "#core/hooks/hook.ts";
import { html } from "#core/posts/markup.ts";
import { enableHook, listHooks, pageHookMessages, replayHookMessage } from "#desk/hooks/webhooks.ts";
import { button, form } from "../../parts/form.ts";
import { asCommand, nextPage, table } from "../../parts/table.ts";
import { count, pathOf, state } from "../../parts/words.ts";
import type { Asking } from "../../shell/asking.ts";
import { type Pages, text } from "../../shell/serve.ts";

const mostShown = 25;

export function webhooksPages(pages: Pages): void {
  pages.page("/webhooks", async (asking) => {
    const { hooks } = await asking.ask(listHooks, {});
    const cursor = asking.named("cursor");
    const failed = { state: "given-up", limit: mostShown } as const;
    const messages = await asking.ask(pageHookMessages, { ...failed, ...(cursor && { cursor }) });
    return {
      title: "Webhooks",
      isLive: true,
      main: html`${table(
        "Webhooks",
        ["Address", "State", "#Waiting", "#Given up", "Last sent", "Change"],
        hooks.map((each) => hookRow(each, asking)),
        html`There are none. Add them to postrider.yaml under <code>webhooks</code>.`,
      )}
<section><h2>Messages that were not taken</h2>${table(
        "Messages that were not taken",
        ["Event", "When", "Webhook", "Why", "Change"],
        messages.items.map((each) => messageRow(each, asking)),
        "There are none.",
      )}${nextPage(new URL(asking.context.req.url), messages.next)}</section>
${asCommand("postrider webhooks list")}`,
    };
  });
  pages.form("/webhooks/:webhook/activation", async (asking) => {
    await asking.ask(enableHook, { webhook: asking.named("webhook") });
    return "/console/webhooks?done=changed";
  });
  pages.form("/webhooks/replays", async (asking, fields) => {
    await asking.ask(replayHookMessage, { message: text(fields, "message") });
    return "/console/webhooks?done=retried";
  });
}

function hookRow({ id, url, state: now, waiting, givenUp, lastSentAt }: Hook, asking: Asking) {
  return [
    html`<code>${url}</code>`,
    now === "on" ? state("ok", "on") : state(now === "off" ? "stopped" : "removed", now),
    count(waiting),
    count(givenUp),
    asking.clock.time(lastSentAt),
    now === "off" && form(asking, pathOf("webhooks", id, "activation"), button("Switch it on again")),
  ];
}

function messageRow({ id, event, at, webhook, attempts }: HookMessage, asking: Asking) {
  const last = attempts.at(-1);
  return [
    event,
    asking.clock.time(at),
    webhook,
    last ? (last.error ?? `status ${last.status}`) : "",
    form(
      asking,
      "/console/webhooks/replays",
      html`<input type="hidden" name="message" value="${id}">${button("Send it again")}`,
    ),
  ];
}
