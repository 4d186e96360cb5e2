/** Reads the description of the API, and prints what Redocly's recommended rules find in it, one finding a line. */

import { text } from "node:stream/consumers";
import { createConfig, lintFromString } from "@redocly/openapi-core";

const config = await createConfig({ extends: ["recommended"] });
const problems = await lintFromString({ source: await text(process.stdin), config });
for (const { severity, ruleId, message, location } of problems)
  process.stdout.write(`${severity} ${ruleId}: ${message} (${location[0]?.pointer ?? ""})\n`);
