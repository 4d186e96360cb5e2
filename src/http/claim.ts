/** Work that must be done once, also if the same request comes again. */

import { setTimeout as sleep } from "node:timers/promises";
import type { Asked, Begun, KeptAnswer, RequestBook } from "#core/requests/request.ts";

const renewMs = 1_500;
/** How long a second request with the same key waits for the answer of the first. */
const patienceMs = 20_000;
const lookMs = 100;

/** Claims a request. While another one with the same key is at work, it waits. */
export async function claim(requests: RequestBook, asked: Asked): Promise<Begun> {
  const until = Date.now() + patienceMs;
  let begun = await requests.begin(asked);
  while (begun.kind === "busy" && Date.now() < until) {
    await sleep(lookMs);
    begun = await requests.begin(asked);
  }
  return begun;
}

/** Keeps the claim while the work goes on. @param work - returns what is kept; `null`: it was not done, and may be asked again */
export async function whileClaimed(
  id: string,
  requests: RequestBook,
  work: () => Promise<KeptAnswer | null>,
): Promise<void> {
  const timer = setInterval(() => void requests.renew(id).catch(() => {}), renewMs);
  let answer: KeptAnswer | null = null;
  try {
    answer = await work();
  } finally {
    clearInterval(timer);
    await requests.settle(id, answer);
  }
}
