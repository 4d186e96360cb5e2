/** Gives inputs to readers in a process of its own, as `child.ts` does with posts, and watches its memory. */

import { calibrate, processorTime } from "./calibrate.ts";
import type { Answer } from "./child.ts";
import { inputOf } from "./reader.ts";
import { readers, readInput } from "./readers.ts";

export interface Broken {
  reader: string;
  /** The number that the input is made of. */
  seed: number;
}

/** Inputs after which memory is looked at; what is learned at the beginning is no growth. */
const between = 2_000;
const mostGrowth = 64 * 1024 * 1024;
/** What takes longer is held against how busy the machine is. */
const slowMs = 1_000;
const opened = new Set<string>();
let inputs = 0;
let atFirst = 0;

function growth(): string | undefined {
  if (++inputs % between !== 0) return undefined;
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  const held = heapUsed + external;
  if (atFirst === 0) atFirst = held;
  return held - atFirst > mostGrowth ? `memory grew by ${held - atFirst} bytes in ${inputs} inputs` : undefined;
}

process.on("message", async ({ reader, seed }: Broken) => {
  const known = readers[reader];
  const answer: Answer = { calibration: 0, check: 0, preview: 0, rendered: false, codes: [] };
  if (known && !opened.has(reader)) await known.open?.();
  opened.add(reader);
  const input = known ? inputOf(known, seed) : Buffer.alloc(0);
  const begun = processorTime();
  try {
    await readInput(reader, input);
  } catch (error) {
    answer.error = error instanceof Error ? `${error.message}\n${error.stack?.slice(0, 600)}` : String(error);
  }
  answer.check = processorTime() - begun;
  const grown = growth();
  if (grown) answer.error ??= grown;
  // It takes longer than most inputs do.
  if (answer.check > slowMs) answer.calibration = calibrate();
  process.send?.(answer);
});
process.send?.("ready");
