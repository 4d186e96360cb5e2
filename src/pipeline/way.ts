/** What the batches of a channel share in a process: the stream into its transport, and the door before it. */

import type { Transport } from "#core/adapter.ts";
import { type Door, openDoor } from "./door.ts";
import { openStream, type Stream } from "./stream.ts";

export interface Way {
  streamOf(transport: Transport): Stream;
  door: Door;
}

/** @param abort - breaks off what is on the wire. */
export function openWay(abort: AbortSignal): Way {
  const streams = new WeakMap<Transport, Stream>();
  return {
    door: openDoor(),
    streamOf(transport) {
      const known = streams.get(transport) ?? openStream(transport, abort);
      streams.set(transport, known);
      return known;
    },
  };
}
