/** One stream of envelopes into a channel, fed by all batches, so that connections never wait for the next batch. */

import type { Envelope, SendProgress, Settled, Transport } from "#core/adapter.ts";
import { messageOf } from "#core/errors.ts";
import { DeliveryError, type Failure, type Receipt } from "#core/sending/delivery.ts";

/** What became of an envelope; `withdrawn` when it was taken back before it began. */
export type Sent = { receipt: Receipt } | { failure: Failure } | { withdrawn: true };

export interface Stream {
  /** Hands an envelope in. Resolves once there is room for the next one: sooner than it has been sent. */
  put(envelope: Envelope, options: Omit<Item, "envelope">): Promise<void>;
}

interface Item {
  envelope: Envelope;
  /** Asked when its turn comes. */
  wanted: () => boolean;
  /** Called immediately before the transport gets the email. */
  begin: () => void;
  settle: (sent: Sent) => void;
}

/** A stream with nothing to do ends after this long, so that connections can rest. */
const idleMs = 250;

/**
 * How many deliveries get their intent in one commit, and how many may wait to be sent: enough that sending never
 * waits for a commit. After a crash, the wire log shows which of them had not begun.
 */
export function groupSize({ concurrency = 1, sendMany }: Transport): number {
  return Math.max(1, sendMany ? concurrency * 20 : concurrency);
}

export function openStream(transport: Transport, abort: AbortSignal): Stream {
  const waiting: Item[] = [];
  const onTheWire = new Map<Envelope, Item>();
  let roomFreed = Promise.withResolvers<void>();
  let arrived = Promise.withResolvers<void>();
  let running = false;

  const next = (): Item | undefined => {
    for (let item = waiting.shift(); item; item = waiting.shift()) {
      roomFreed.resolve();
      roomFreed = Promise.withResolvers();
      if (!item.wanted()) item.settle({ withdrawn: true });
      else return item;
    }
    return undefined;
  };

  async function* envelopes(): AsyncGenerator<Envelope, void> {
    for (;;) {
      const item = next();
      if (item) {
        onTheWire.set(item.envelope, item);
        yield item.envelope;
      } else if (!(await within(arrived.promise, idleMs)) && waiting.length === 0) return;
    }
  }

  const settle = (settled: Settled): void => {
    const item = onTheWire.get(settled.envelope);
    onTheWire.delete(settled.envelope);
    item?.settle(settled);
  };

  const progress: SendProgress = { begin: (envelope) => onTheWire.get(envelope)?.begin(), settle };

  const run = async (): Promise<void> => {
    running = true;
    while (waiting.length > 0) {
      let fault: unknown = new Error("the adapter ended without a result for this delivery");
      try {
        await (transport.sendMany?.(envelopes(), progress, abort) ?? inLanes(transport, envelopes(), progress, abort));
      } catch (error) {
        fault = error;
      }
      for (const envelope of [...onTheWire.keys()]) settle({ envelope, failure: failureOf(fault) });
    }
    running = false;
  };

  return {
    async put(envelope, options) {
      waiting.push({ envelope, ...options });
      arrived.resolve();
      arrived = Promise.withResolvers();
      if (!running) void run();
      while (waiting.length >= groupSize(transport)) await roomFreed.promise;
    },
  };
}

/** What an adapter did not foresee may have happened after the other side accepted. */
export function failureOf(error: unknown): Failure {
  return error instanceof DeliveryError
    ? error.failure
    : { kind: "uncertain", scope: "recipient", code: "unforeseen", message: messageOf(error).slice(0, 500) };
}

/** For a transport that sends one at a time: as many lanes as it bears. */
async function inLanes(
  transport: Transport,
  envelopes: AsyncGenerator<Envelope, void>,
  { begin, settle }: SendProgress,
  abort: AbortSignal,
): Promise<void> {
  const lane = async (): Promise<void> => {
    for await (const envelope of { [Symbol.asyncIterator]: () => ({ next: () => envelopes.next() }) }) {
      begin(envelope);
      await transport.send(envelope, abort).then(
        (receipt) => settle({ envelope, receipt }),
        (error: unknown) => settle({ envelope, failure: failureOf(error) }),
      );
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, transport.concurrency ?? 1) }, lane));
}

/** Whether the promise resolved in time. */
async function within(promise: Promise<void>, ms: number): Promise<boolean> {
  const timer = Promise.withResolvers<boolean>();
  const timeout = setTimeout(() => timer.resolve(false), ms);
  try {
    return await Promise.race([promise.then(() => true), timer.promise]);
  } finally {
    clearTimeout(timeout);
  }
}
