/** Loaded before a command: writes down the most memory that its process had, in MB, into the file `PEAK_REPORT`. */

import { writeFileSync } from "node:fs";

process.on("exit", () => {
  const file = process.env["PEAK_REPORT"];
  if (file) writeFileSync(file, String(process.resourceUsage().maxRSS / 1024));
});
