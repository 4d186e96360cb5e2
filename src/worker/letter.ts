/** Processor of the letters queue: an email about a subscription. */

import type { Outcome } from "#core/ports/queue.ts";
import { type LetterPorts, sendLetter } from "#pipeline/readers/letters.ts";

export function letterProcessor(ports: LetterPorts, abort: AbortSignal): (data: unknown) => Promise<Outcome> {
  return async (data) => {
    await sendLetter((data as { id: string }).id, ports, abort);
    return {};
  };
}
