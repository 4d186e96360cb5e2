/** Refuses an invalid address before anything is stored about it. */

import { PostriderError } from "#core/errors.ts";
import { addressProblem } from "#core/readers/subscriber.ts";

/** @throws PostriderError `invalid` */
export function requireAddress(address: string): void {
  const problem = addressProblem(address);
  if (problem) throw new PostriderError("invalid", `"${address}" is not an email address: ${problem}`);
}
