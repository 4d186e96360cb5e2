/** The folder of this package, and its version: the same from source and from `dist`, however deep the file is. */

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder that holds `templates/`, `migrations/` and `package.json`. Ends with a separator. */
export const packageDir = join(above(import.meta.dirname), "/");

export const { version } = JSON.parse(readFileSync(join(packageDir, "package.json"), "utf8")) as { version: string };

function above(folder: string): string {
  return existsSync(join(folder, "package.json")) ? folder : above(dirname(folder));
}
