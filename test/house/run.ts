/**
 * Measures the house: how large its folders, files, interfaces and functions are, and how its floors hang together.
 *
 * `npm run house [-- <folder with src>]`; of another checkout, to compare.
 */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { blocksIn, functionsIn } from "./blocks.ts";

const [given] = process.argv.slice(2);
const root = join(given ?? fileURLToPath(new URL("../../", import.meta.url)), "src");
const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const texts = new Map(files.map((file) => [file, readFileSync(join(root, file), "utf8")]));

/** Imports between our own files, as paths below `src`. */
const imports = files.flatMap((from) =>
  [...(texts.get(from) ?? "").matchAll(/(?:from|import\()\s*"([#.][^"]+)"/g)].map(([, to = ""]) => ({
    from,
    to: to.startsWith("#") ? to.slice(1) : relative(root, join(root, dirname(from), to)),
  })),
);
const floorOf = (path: string): string => path.split("/")[0] ?? path;
const roomOf = (path: string): string => (path.includes("/") ? dirname(path) : path);

function largest(what: string, sizes: Iterable<readonly [string, number]>, shown = 3): void {
  const sorted = [...sizes].sort(([, one], [, other]) => other - one).slice(0, shown);
  process.stdout.write(`${what}: ${sorted.map(([name, size]) => `${name} ${size}`).join(", ")}\n`);
}

const folders = Map.groupBy(files, roomOf);
largest(
  "files in a folder",
  [...folders].map(([folder, inside]) => [folder, inside.length]),
  6,
);
largest(
  "lines in a file",
  files.map((file) => [file, (texts.get(file) ?? "").split("\n").length]),
);
largest(
  "members of an interface",
  blocksIn(texts, /^export interface (\w+)/).map(({ name, lines }) => [
    name,
    lines.filter((line) => /^ {2}(readonly )?[\w[][\w.\]]*[?(<:]/.test(line)).length,
  ]),
  5,
);
largest(
  "lines of a function",
  functionsIn(texts).map(({ name, lines }) => [name, lines.length]),
  5,
);
const edges = new Set(
  imports.map(({ from, to }) => `${floorOf(from)} ${floorOf(to)}`).filter((edge) => new Set(edge.split(" ")).size > 1),
);
process.stdout.write(`edges between floors: ${edges.size}\n`);
const past = imports.filter(({ from, to }) => ["cli", "http"].includes(floorOf(from)) && floorOf(to) === "pipeline");
process.stdout.write(`imports of cli and http past the desk: ${past.length}\n`);
const exported = files.flatMap((file) =>
  [...(texts.get(file) ?? "").matchAll(/^export (?:async )?(?:function|const|interface|type|class) (\w+)/gm)].map(
    ([, name = ""]) => ({ file, name }),
  ),
);
const unused = exported.filter(
  ({ file, name }) => ![...texts].some(([other, text]) => other !== file && new RegExp(`\\b${name}\\b`).test(text)),
);
process.stdout.write(`exports that no other file of src names: ${unused.length} of ${exported.length}\n`);
