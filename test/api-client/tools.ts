/** Runs the tools of this package on the description of the API. */

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { openApiDocument } from "../../src/http/operator/describe/open-api.ts";

/** The types that `tsc` compiles the tests with. */
export const typesFile = join(import.meta.dirname, "api-types.ts");

export const isInstalled = existsSync(join(import.meta.dirname, "node_modules/openapi-typescript"));

export async function apiTypes(): Promise<string> {
  return run("types.js");
}

/** Findings of Redocly and of Spectral, one a line. */
export function lint(): string {
  return run("lint.js") + run("spectral.js");
}

function run(tool: string): string {
  return execFileSync(process.execPath, [join(import.meta.dirname, tool)], {
    input: JSON.stringify(openApiDocument),
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
}
