/** A mail adapter that records what it is given and answers as the test wants: for everything above the adapters. */

import { z } from "zod";
import type { Adapter, Envelope, Schema, Transport } from "#core/adapter.ts";
import { DeliveryError, type Failure, type Receipt } from "#core/sending/delivery.ts";

export interface Probe {
  adapter: Adapter;
  /** Address -> how often it was accepted. */
  accepted: Map<string, number>;
  /** Every call of `send`, in order, by address. */
  calls: string[];
  /** The most sends that ran at once. */
  mostAtOnce(): number;
  /** What a send does; default: accept at once. Throw, or return a receipt. */
  answer: (envelope: Envelope<"email">, signal: AbortSignal) => Promise<Receipt>;
}

export function openProbe(traits: Partial<Adapter["traits"]> = {}, concurrency = 5): Probe {
  let running = 0;
  let most = 0;
  const probe: Probe = {
    accepted: new Map(),
    calls: [],
    mostAtOnce: () => most,
    answer: async (envelope) => ({ remoteId: envelope.key.slice(0, 8) }),
    adapter: {
      name: "probe",
      medium: "email",
      config: z.strictObject({ list: z.string(), from: z.string() }) as Schema<unknown>,
      traits: { idempotent: false, ...traits },
      open: async () => transport,
    },
  };
  const transport: Transport<"email"> = {
    concurrency,
    async send(envelope, signal) {
      const { address } = envelope.recipient;
      probe.calls.push(address);
      most = Math.max(most, ++running);
      try {
        const receipt = await probe.answer(envelope, signal);
        probe.accepted.set(address, (probe.accepted.get(address) ?? 0) + 1);
        return receipt;
      } finally {
        running--;
      }
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
  return probe;
}

export function failure(kind: Failure["kind"], scope: Failure["scope"], more: Partial<Failure> = {}): DeliveryError {
  return new DeliveryError({ kind, scope, code: `${kind}-${scope}`, message: `scripted: ${kind}, ${scope}`, ...more });
}
