/** Sends messages to webhooks: signed, again and again until the receiver has them, and never to an address that is gone. */

import type { Clock } from "#core/clock.ts";
import type { ClaimedMessage, HookOutbox, HookOutcome, HookSettings } from "#core/hooks/hook.ts";
import { nextTryMs } from "#core/hooks/schedule.ts";
import { hookHeaders } from "#core/hooks/signature.ts";
import type { Log } from "#core/log.ts";

export interface HookPorts {
  outbox: HookOutbox;
  /** Connects only to addresses that the webhook may have. */
  fetchFor(hook: HookSettings): typeof fetch;
  clock: Clock;
  log: Log;
}

const patienceMs = 15_000;
const atOnce = 20;

/** Sends all that is due to this webhook. Returns when nothing is due, or the signal fires. */
export async function sendHookMessages(hook: HookSettings, ports: HookPorts, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const messages = await ports.outbox.claim(hook.url, atOnce);
    if (messages.length === 0) return;
    await Promise.all(
      messages.map(async (message) => {
        const outcome = await attempt(hook, message, ports);
        await ports.outbox.attempted(message, outcome);
        report(hook, message, outcome, ports.log);
      }),
    );
  }
}

async function attempt(hook: HookSettings, message: ClaimedMessage, ports: HookPorts): Promise<HookOutcome> {
  const body = JSON.stringify({ type: message.event, timestamp: message.at.toISOString(), data: message.data });
  const signed = hookHeaders(hook.secrets, { id: message.id, body, now: ports.clock.now() });
  try {
    const response = await ports.fetchFor(hook)(hook.url, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": "Postrider", ...signed },
      body,
      // A redirect could lead to another receiver, with the data in it.
      redirect: "manual",
      signal: AbortSignal.timeout(patienceMs),
    });
    // The answer's text is of no use, and may be of any size.
    await response.body?.cancel();
    const { status } = response;
    if (response.ok) return { status, error: null, next: "sent" };
    return { status, error: null, next: status === 410 ? "gone" : again(message) };
  } catch (error) {
    return { status: null, error: reasonOf(error), next: again(message) };
  }
}

function again({ tries }: ClaimedMessage): "given-up" | { retryInMs: number } {
  const retryInMs = nextTryMs(tries + 1, Math.random());
  return retryInMs === null ? "given-up" : { retryInMs };
}

/** `fetch` hides the reason in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown error";
  if (error.name === "TimeoutError") return `no answer within ${patienceMs / 1_000} seconds`;
  const cause = error.cause instanceof Error ? error.cause.message : "";
  return (cause || error.message).slice(0, 300);
}

function report(
  hook: HookSettings,
  { event, id }: ClaimedMessage,
  { status, error, next }: HookOutcome,
  log: Log,
): void {
  const url = hook.url.split("?")[0];
  const about = { url, event, message: id, error: error ?? `status ${status}` };
  if (next === "given-up") log.error("a webhook did not take a message; gave up", about);
  else if (next === "gone") log.error("a webhook answered 410 and was switched off", about);
  else if (next !== "sent") log.warn("a webhook did not take a message; will try again", about);
}
