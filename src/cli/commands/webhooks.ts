/** `webhooks`: which addresses are told what happens, and messages that they did not take. */

import { count, table } from "#cli/terminal/terminal.ts";
import type { Hook, HookMessage } from "#core/hooks/hook.ts";
import { enableHook, listHooks, pageHookMessages, replayHookMessage } from "#desk/hooks/webhooks.ts";
import { act, documentOf } from "../act.ts";
import { type Context, exit, type Registration } from "../context.ts";

export const webhooksCommand: Registration = (program, run) => {
  const webhooks = program
    .command("webhooks")
    .description("show webhooks and the messages that they did not take, and send messages again");
  webhooks.command("list").description("show every webhook, and the messages that it did not take").action(run(list));
  webhooks
    .command("replay")
    .argument("<message>", "its id, as `webhooks list` shows it")
    .description("send a message again")
    .action(run(replay));
  webhooks
    .command("enable")
    .argument("<webhook>", "its id, as `webhooks list` shows it")
    .description("switch a webhook on again that was switched off because its receiver answered 410")
    .action(run(enable));
};

async function list(context: Context): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const answer = await act(context, app, listHooks, {});
  const failed = await act(context, app, pageHookMessages, { state: "given-up" });
  const columns = ["Id", "Address", "State", "Waiting", "Given up", "Last sent"].map((title) => ({ title }));
  const text =
    answer.hooks.length > 0
      ? [table(terminal, columns, answer.hooks.map(rowOf)), ...failed.items.map(failedText)].join("\n")
      : "There are no webhooks. Add them under `webhooks:` in postrider.yaml.";
  terminal.answer(documentOf(listHooks, answer), text);
  return exit.ok;
}

function rowOf({ id, url, state, waiting, givenUp, lastSentAt }: Hook): string[] {
  const last = lastSentAt ? `${lastSentAt.toISOString().slice(0, 16).replace("T", " ")} UTC` : "never";
  return [id, url, state, count(waiting), count(givenUp), last];
}

function failedText({ id, webhook, event, attempts }: HookMessage): string {
  const last = attempts.at(-1);
  const why = last ? `, ${last.error ?? `status ${last.status}`}` : "";
  return `Webhook ${webhook} did not take ${event}${why}. To send it again: postrider webhooks replay ${id}`;
}

async function replay(context: Context, message: string): Promise<number> {
  await using app = await context.app(await context.site());
  const answer = await act(context, app, replayHookMessage, { message });
  const text = `The message ${message} will be sent again by \`serve\` or a worker.`;
  context.terminal.answer(documentOf(replayHookMessage, answer), text);
  return exit.ok;
}

async function enable(context: Context, webhook: string): Promise<number> {
  await using app = await context.app(await context.site());
  const answer = await act(context, app, enableHook, { webhook });
  context.terminal.answer(documentOf(enableHook, answer), `The webhook ${answer.url} is on.`);
  return exit.ok;
}
