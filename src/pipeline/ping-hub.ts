/** Tells a WebSub hub that a feed has changed. Telling it twice is harmless, so it is tried until it is heard. */

import { PostriderError } from "#core/errors.ts";

export interface Ping {
  hub: string;
  /** The feed's address. */
  topic: string;
}

const timeoutMs = 15_000;

/** @throws PostriderError `unavailable` when the hub didn't take it. */
export async function pingHub({ hub, topic }: Ping, send: typeof fetch, signal: AbortSignal): Promise<void> {
  // The hub's side of publishing is outside the Recommendation: some read `hub.url`, some `hub.topic`.
  const body = new URLSearchParams({ "hub.mode": "publish", "hub.url": topic, "hub.topic": topic });
  const response = await send(hub, {
    method: "POST",
    body,
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  });
  await response.body?.cancel();
  if (!response.ok) throw new PostriderError("unavailable", `The hub ${hub} answered ${response.status}`);
}
