/** Checks that a channel can be reached with its credentials. */

import type { Channel } from "#core/publishing/publication.ts";
import { DeliveryError } from "#core/sending/delivery.ts";
import { type Finding, sentence } from "./finding.ts";

const timeoutMs = 15_000;

export async function channelFinding(
  { name, adapter }: Channel,
  transportOf: (channel: string) => Promise<{ check?(signal: AbortSignal): Promise<void> }>,
): Promise<Finding> {
  try {
    const transport = await transportOf(name);
    if (!transport.check) return { about: name, state: "unknown", message: `${adapter}: nothing to check` };
    await transport.check(AbortSignal.timeout(timeoutMs));
    return { about: name, state: "ok", message: adapter };
  } catch (error) {
    const message = error instanceof DeliveryError ? error.failure.message : sentence(error);
    return { about: name, state: "wrong", message: `${adapter}: ${message}` };
  }
}
