/** Notifies hubs of changed feeds before a command ends, because no worker may be running to do it. */

import type { App } from "#app.ts";
import type { Context } from "./context.ts";

/** A failure is reported, and its job stays in the queue. Feed readers that poll don't need the hub. */
export async function announce({ terminal, signals }: Context, app: App): Promise<void> {
  if (await app.fence()) return;
  for (const problem of await app.feeds.announce(signals.stop))
    terminal.note(`${problem}. Postrider will notify it of the changed feeds again later.`);
}
