/** `npm run bench -- <name> [arguments]`: runs one of the benchmarks beside it. */

import { readdirSync } from "node:fs";

const names = ["feeds", "import", "listeners", "lists", "read", "render", "send"];
const [name = "", ...rest] = process.argv.slice(2);
const folder = new URL(".", import.meta.url);
if (!names.includes(name) || !readdirSync(folder).includes(`${name}.ts`)) {
  process.stderr.write(`Which one? ${names.map((each) => `npm run bench -- ${each}`).join(", ")}\n`);
  process.exit(2);
}
process.argv.splice(2, process.argv.length, ...rest);
await import(new URL(`${name}.ts`, folder).href);
