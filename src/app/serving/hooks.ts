/** Sends messages to webhooks while a process works. */

import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "#core/errors.ts";
import type { HookSettings } from "#core/hooks/hook.ts";
import { type HookPorts, sendHookMessages } from "#pipeline/hooks/send-hooks.ts";
import { openFetch } from "#web/open-fetch.ts";

const everyMs = 1_000;
/** What is due when a process ends is still tried, but nobody waits long for a slow receiver. */
const lastMs = 5_000;

/** Only addresses that may be in a private network are connected to there. */
export function hookFetch({ url, private: isPrivate }: HookSettings): typeof fetch {
  return openFetch(isPrivate ? [url] : []);
}

/** Each webhook on its own, so that a slow receiver delays no other. Until disposed. */
export function watchHooks(hooks: readonly HookSettings[], ports: HookPorts): AsyncDisposable {
  const stop = new AbortController();
  const send = (hook: HookSettings, signal: AbortSignal): Promise<void> =>
    sendHookMessages(hook, ports, signal).catch((error: unknown) =>
      ports.log.warn("messages to a webhook could not be sent; will try again", { error: messageOf(error) }),
    );
  const loops = hooks.map(async (hook) => {
    while (!stop.signal.aborted) {
      await send(hook, stop.signal);
      await sleep(everyMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
    await send(hook, AbortSignal.timeout(lastMs));
  });
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await Promise.race([Promise.all(loops), sleep(lastMs)]);
    },
  };
}
