/** Sends a stream of emails over several connections; each takes its next email when it is ready. */

import type { Envelope, SendProgress } from "#core/adapter.ts";
import type { DkimKey } from "#smtp/message/dkim.ts";
import type { MessageOptions } from "#smtp/message/message.ts";
import { openComposer } from "./bulk/composer.ts";
import { type LaneCount, type Sessions, sendOverLanes } from "./bulk/lanes.ts";
import { openMailSource } from "./bulk/mail-source.ts";
import type { Relay } from "./relay.ts";
import { openSession, type Session } from "./session.ts";

export interface Bulk extends AsyncDisposable {
  sendMany(
    envelopes: AsyncIterable<Envelope<"email">>,
    progress: SendProgress<"email">,
    signal: AbortSignal,
  ): Promise<void>;
}

export interface BulkOptions {
  relay: Relay;
  connections: LaneCount;
  timeoutMs: number;
  message: MessageOptions;
  /** None: the relay signs, or nobody. */
  dkim: readonly DkimKey[];
  /** Whom bounces go to (RFC 5321 §3.6.3). */
  returnPath(envelope: Envelope<"email">): string;
}

export function openBulk({ relay, connections, timeoutMs, message, dkim, returnPath }: BulkOptions): Bulk {
  const composer = openComposer(message, dkim);
  const idle: Session[] = [];
  const sessions: Sessions = {
    async take(signal) {
      for (let kept = idle.pop(); kept; kept = idle.pop()) if (kept.open) return kept;
      return openSession(relay, timeoutMs, signal);
    },
    keep: (session) => void idle.push(session),
  };
  return {
    async sendMany(envelopes, progress, signal) {
      const source = openMailSource(envelopes, progress, composer, returnPath);
      await sendOverLanes(source, sessions, connections, signal);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(idle.splice(0).map((session) => session.close()));
    },
  };
}
