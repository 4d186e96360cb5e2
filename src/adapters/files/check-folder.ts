/** Whether files can be written into a folder; it is made when it isn't there. */

import { access, constants, mkdir } from "node:fs/promises";
import { fileFailure } from "./failure.ts";

/** @throws DeliveryError */
export async function checkFolder(dir: string): Promise<void> {
  try {
    await mkdir(dir, { recursive: true });
    await access(dir, constants.W_OK);
  } catch (error) {
    throw fileFailure(error, dir);
  }
}
