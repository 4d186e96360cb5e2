/** Prints every sentence that a user can see: `npm run words -- [folder or file …]`, for example `src/cli`. */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { sentencesOfCode, sentencesOfShell, sentencesOfTemplate } from "./sentences.ts";

const readers: [RegExp, typeof sentencesOfCode][] = [
  [/\.[tj]s$/, sentencesOfCode],
  [/\.(mjml|txt)$/, sentencesOfTemplate],
  [/\.sh$/, sentencesOfShell],
];

const asked = process.argv.slice(2).map((path) => path.replace(/\/+$/, ""));
for (const file of (asked.length > 0 ? asked : ["bin", "src", "templates"]).flatMap(filesIn).sort()) {
  const read = readers.find(([name]) => name.test(file))?.[1];
  for (const { line, text } of read?.(readFileSync(file, "utf8")) ?? []) console.log(`${file}:${line}: ${text}`);
}

function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
