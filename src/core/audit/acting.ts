/**
 * What somebody is doing right now, so that the transactions of an act can record it. A transaction finds it by the
 * asynchronous context, because no caller of a verb could be trusted to pass it on.
 */

import { AsyncLocalStorage } from "node:async_hooks";
import type { Doing } from "./audit.ts";

/** An act while it runs. */
export interface Acting extends Doing {
  /** Work that outlives the act, such as a timer that it started, is not part of it. */
  isRunning: boolean;
  /** A transaction that recorded the act is committed. */
  isRecorded: boolean;
}

const running = new AsyncLocalStorage<Acting>();

/** The act that this code runs for; `null`: none. */
export function actingNow(): Acting | null {
  const acting = running.getStore();
  return acting?.isRunning ? acting : null;
}

/** Runs the work of an act. Every transaction in it is recorded as its own. */
export async function acting<T>(doing: Doing, work: (acting: Acting) => Promise<T>): Promise<T> {
  const now: Acting = { ...doing, isRunning: true, isRecorded: false };
  try {
    return await running.run(now, () => work(now));
  } finally {
    now.isRunning = false;
  }
}
