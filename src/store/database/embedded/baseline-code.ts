/** Keeps V8's second compiler away from the engine, in this process and its threads. */

import { setFlagsFromString } from "node:v8";

/**
 * V8 compiles WebAssembly at first quickly, and what runs often a second time, slowly and well. For one function of the engine,
 * of 105 kB, the second time takes 600 MB of memory and 1.5 s, and any command that runs a few hundred statements gets there.
 * Without it, a campaign of 10,000 emails needs about 5 % more processor time. Both flags are needed: with the first alone,
 * everything is compiled slowly at once. Must be set before the engine is loaded.
 */
export function useBaselineCode(): void {
  for (const flag of ["--no-wasm-dynamic-tiering", "--no-wasm-tier-up"]) setFlagsFromString(flag);
}
