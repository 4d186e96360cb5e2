/** Checks that files can be written to a folder. Creates the folder if it does not exist. */

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
