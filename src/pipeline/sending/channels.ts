/** What the batches of a process share for each channel: the stream into the transport, and the gate before it. */

import type { Transport } from "#core/adapter.ts";
import { type Door, openDoor } from "./gate.ts";
import { openStream, type Stream } from "./stream.ts";

export interface Way {
  streamOf(transport: Transport): Stream;
  doorOf(channel: string): Door;
}

/** @param abort - breaks off what is on the wire. */
export function openWay(abort: AbortSignal): Way {
  const streams = new WeakMap<Transport, Stream>();
  const doors = new Map<string, Door>();
  return {
    doorOf(channel) {
      const known = doors.get(channel) ?? openDoor();
      doors.set(channel, known);
      return known;
    },
    streamOf(transport) {
      const known = streams.get(transport) ?? openStream(transport, abort);
      streams.set(transport, known);
      return known;
    },
  };
}
