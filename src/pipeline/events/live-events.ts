/** Tells listeners what happens, at most four times a second, with one query for all of them. */

import { PostriderError } from "#core/errors.ts";
import type { EventReader, LedgerEvent, LiveEvent, LiveEvents, Watching } from "#core/events/event.ts";
import { summedUp } from "./sum-up.ts";

const everyMs = 250;
const pageSize = 2_000;
const mostListeners = 500;

interface Listener {
  take(batch: readonly LedgerEvent[]): void;
  end(): void;
}

export function openLiveEvents(reader: EventReader, failed: (error: Error) => void): LiveEvents & Disposable {
  const listeners = new Set<Listener>();
  /** Everything up to here was told to all listeners. */
  let told: string | null = null;
  let timer: NodeJS.Timeout | null = null;
  let isClosed = false;
  const tell = async (): Promise<void> => {
    try {
      const events = await reader.after(told ?? (await reader.newest()), pageSize);
      told = events.at(-1)?.id ?? told;
      if (events.length > 0) for (const listener of listeners) listener.take(events);
    } catch (error) {
      failed(error as Error);
    }
    timer = listeners.size > 0 && !isClosed ? setTimeout(tell, everyMs) : null;
    // Whoever comes later reads what was missed.
    if (!timer) told = null;
  };
  return {
    async *watch(watching) {
      if (listeners.size >= mostListeners)
        throw new PostriderError("unavailable", "Too many programs listen to events", { hint: "Try again later." });
      const inbox = openInbox(watching.signal);
      try {
        let position = watching.after ?? told ?? (await reader.newest());
        // Until the listener is as far as all others.
        for (;;) {
          const missed = await reader.after(position, pageSize);
          position = missed.at(-1)?.id ?? position;
          if (missed.length > 0) yield visible(missed, watching);
          else if (isClosed || told === null || BigInt(position) >= BigInt(told)) break;
        }
        told ??= position;
        listeners.add(inbox);
        if (!isClosed) timer ??= setTimeout(tell, everyMs);
        else inbox.end();
        for await (const batch of inbox) {
          const news = batch.filter(({ id }) => BigInt(id) > BigInt(position));
          position = batch.at(-1)?.id ?? position;
          if (news.length > 0) yield visible(news, watching);
        }
      } finally {
        listeners.delete(inbox);
      }
    },
    [Symbol.dispose]() {
      isClosed = true;
      if (timer) clearTimeout(timer);
      for (const listener of listeners) listener.end();
    },
  };
}

function visible(events: readonly LedgerEvent[], { channels }: Watching): LiveEvent[] {
  const mine = channels ? events.filter(({ channel }) => channel !== null && channels.includes(channel)) : events;
  return summedUp(mine);
}

/** A listener that is too slow is ended: it continues later from its last id. */
const mostWaiting = 50_000;

function openInbox(signal: AbortSignal): Listener & AsyncIterable<readonly LedgerEvent[]> {
  let batches: (readonly LedgerEvent[])[] = [];
  let size = 0;
  let isEnded = signal.aborted;
  let wake = Promise.withResolvers<void>();
  const end = (): void => {
    isEnded = true;
    wake.resolve();
  };
  signal.addEventListener("abort", end, { once: true });
  return {
    end,
    take(batch) {
      batches.push(batch);
      size += batch.length;
      if (size > mostWaiting) end();
      wake.resolve();
    },
    async *[Symbol.asyncIterator]() {
      while (!isEnded) {
        await wake.promise;
        wake = Promise.withResolvers();
        const ready = batches;
        batches = [];
        size = 0;
        if (!isEnded && ready.length > 0) yield ready.flat();
      }
    },
  };
}
