/** What the batches of a process share for each channel: the stream into the transport, and the admission of batches. */

import type { Transport } from "#core/adapter.ts";
import { type Admission, openAdmission } from "./admission.ts";
import { openStream, type Stream } from "./stream.ts";

export interface SharedChannels {
  streamOf(transport: Transport): Stream;
  admissionOf(channel: string): Admission;
}

/** @param abort - aborts the sends that are running. */
export function openSharedChannels(abort: AbortSignal): SharedChannels {
  const streams = new WeakMap<Transport, Stream>();
  const admissions = new Map<string, Admission>();
  return {
    admissionOf(channel) {
      const known = admissions.get(channel) ?? openAdmission();
      admissions.set(channel, known);
      return known;
    },
    streamOf(transport) {
      const known = streams.get(transport) ?? openStream(transport, abort);
      streams.set(transport, known);
      return known;
    },
  };
}
