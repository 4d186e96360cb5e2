/** Whether files can be written into a folder; it is made when it isn't there. */

import { access, constants } from "node:fs/promises";
import { makeFolder } from "#files/make-folder.ts";
import { fileFailure } from "./failure.ts";

/** @param mode - of a folder that is made; default: what the umask leaves. @throws DeliveryError */
export async function checkFolder(dir: string, mode?: number): Promise<void> {
  try {
    makeFolder(dir, mode);
    await access(dir, constants.W_OK);
  } catch (error) {
    throw fileFailure(error, dir);
  }
}
