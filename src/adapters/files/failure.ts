/** Turns an error while writing a file into a delivery failure. */

import { messageOf } from "#core/errors.ts";
import { DeliveryError } from "#core/sending/delivery.ts";

/** A full disk may be emptied; a folder that is not ours stays so until somebody acts. */
const lasting = new Set(["EACCES", "EPERM", "EROFS", "EEXIST", "ENOTDIR", "EISDIR", "ENAMETOOLONG"]);

/** Nothing was written: `writeAtomic` leaves the old file as it was. What isn't the file system's is thrown on as it is. */
export function fileFailure(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (!code || !(error as NodeJS.ErrnoException).syscall) return error;
  const hint =
    code === "ENOSPC" ? "The disk is full." : lasting.has(code) ? "Make the folder writable, then publish again." : "";
  return new DeliveryError(
    {
      kind: lasting.has(code) ? "permanent" : "temporary",
      scope: "channel",
      code,
      message: `${path} can't be written: ${messageOf(error)}. ${hint}`.trim().slice(0, 500),
    },
    { cause: error },
  );
}
