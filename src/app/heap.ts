/** How much memory a process that runs for weeks may let lie about before it tidies up. */

import { setFlagsFromString } from "node:v8";

/**
 * V8 lets garbage grow in proportion to what is alive, and gives young objects up to 48 MB: fine for a command that ends,
 * not for a sender on a small machine. Measured over 1,000,000 mails: see `docs/guides/speed.md`. Costs a seventh more time.
 */
export function keepHeapSmall(): void {
  setFlagsFromString("--heap-growing-percent=20");
  setFlagsFromString("--semi-space-growth-factor=1");
}
