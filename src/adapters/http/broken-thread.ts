/** The failure of a thread that stopped halfway on a network where its first parts can't be undone. */

import { DeliveryError } from "#core/sending/delivery.ts";

/** The first parts are out: trying the whole again would post them twice. */
export function brokenThread(error: unknown, posted: number, all: number): unknown {
  if (!(error instanceof DeliveryError)) return error;
  const message = `${posted} of ${all} parts were posted, then it failed: ${error.message}`.slice(0, 500);
  return new DeliveryError({ ...error.failure, kind: "uncertain", scope: "recipient", message }, { cause: error });
}
