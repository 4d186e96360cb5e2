/** Which mutants are tried: all of an area, those of some files, those on lines that a change touches, or some by chance. */

import { execFileSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { pick, randomFrom } from "../support/random.ts";
import type { Area } from "./areas.ts";
import { mutantsOf } from "./stryker.ts";

export interface Choice {
  root: string;
  /** Files, or folders with everything in them. None: the whole area. */
  paths: readonly string[];
  /** Only the lines that differ from this commit. */
  since?: string | undefined;
  /** At most so many, taken by chance. */
  sample?: number | undefined;
  seed: number;
}

/** What Stryker is told to change: files, or ranges of them. */
export async function chosenMutants(area: Area, choice: Choice): Promise<string[]> {
  const files = sourcesOf(area, choice);
  if (choice.since === undefined && choice.sample === undefined) return files;
  const found = new Set((await Promise.all(files.map((file) => rangesOf(file, choice)))).flat());
  return pick([...found], choice.sample ?? found.size, randomFrom(choice.seed));
}

function sourcesOf({ sources }: Area, { root, paths }: Choice): string[] {
  const without = sources.filter((glob) => glob.startsWith("!")).map((glob) => glob.slice(1));
  const excluded = new Set(globSync(without, { cwd: root }));
  return globSync(
    sources.filter((glob) => !glob.startsWith("!")),
    { cwd: root },
  )
    .filter((file) => !excluded.has(file))
    .filter((file) => paths.length === 0 || paths.some((path) => file === path || file.startsWith(join(path, "/"))))
    .sort();
}

/** A mutant that takes in many others can't be named alone, and is noticed nearly always. */
const mostLines = 3;

async function rangesOf(file: string, { root, since }: Choice): Promise<string[]> {
  const touched = since === undefined ? null : touchedLines(root, file, since);
  if (touched?.size === 0) return [];
  const mutants = await mutantsOf(root, file);
  return mutants
    .filter(({ start, end }) => end.line - start.line < mostLines)
    .filter(({ start }) => touched === null || touched.has(start.line + 1))
    .map(({ start, end }) => `${file}:${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`);
}

/** Numbers of the lines that are new or changed. */
function touchedLines(root: string, file: string, since: string): Set<number> {
  const diff = execFileSync("git", ["diff", "--unified=0", since, "--", file], { cwd: root, encoding: "utf8" });
  const hunks = diff.matchAll(/^@@ .*? \+(\d+)(?:,(\d+))? @@/gm);
  return new Set(
    [...hunks].flatMap(([, first, count = "1"]) =>
      Array.from({ length: Number(count) }, (_, index) => Number(first) + index),
    ),
  );
}
