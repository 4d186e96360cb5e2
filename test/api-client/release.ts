/** `npm run api-release`: keeps the description of the API as the one that programs rely on. Done with each release. */

import { readFileSync, writeFileSync } from "node:fs";
import { openApiDocument } from "../../src/http/operator/describe/open-api.ts";
import type { Description } from "./breaking-changes.ts";

export const releasedFile = new URL("released.json", import.meta.url);

/** Only what the comparison looks at. */
const irrelevant = ["description", "summary", "example", "examples", "title", "tags", "headers", "operationId"];

/** A field of an answer may be called `title`: under `properties`, every name counts. */
function reduced(part: unknown, areNames = false): unknown {
  if (Array.isArray(part)) return part.map((each) => reduced(each));
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(
    Object.entries(part)
      .filter(([name]) => areNames || !irrelevant.includes(name))
      .map(([name, value]) => [name, reduced(value, !areNames && name === "properties")]),
  );
}

export function describedNow(): Description {
  return reduced(JSON.parse(JSON.stringify({ paths: openApiDocument.paths }))) as Description;
}

export function released(): Description {
  return JSON.parse(readFileSync(releasedFile, "utf8"));
}

// A line for each path, so that a difference can be read.
if (import.meta.main) {
  const lines = Object.entries(describedNow().paths).map(
    ([path, methods]) => `${JSON.stringify(path)}: ${JSON.stringify(methods)}`,
  );
  writeFileSync(releasedFile, `{ "paths": {\n${lines.join(",\n")}\n} }\n`);
}
