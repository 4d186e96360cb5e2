/** Tells the quick tests from the others by what they import: a list kept by hand would be out of date soon. */

import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What starts a process, a server or a database, or needs those of the whole run. */
const opens = [
  /^node:(child_process|http|https|net|tls|worker_threads)$/,
  /^(pg|ioredis|smtp-server|puppeteer-core|ws|@electric-sql\/.*)$/,
  /^#app\.ts$|\/src\/index\.ts$/,
  /^#(store\/database\/database|store\/database\/embedded\/open|queue\/backend|http\/server|cli\/program)\.ts$/,
  /^#contract\/(bench|scripted-server)\.ts$/,
];

/** Tests that start no process, server or database, also not through their helpers. */
export function quickTests(root: string): string[] {
  const known = new Map<string, boolean>();
  const isQuick = (file: string): boolean => {
    const answer = known.get(file);
    if (answer !== undefined) return answer;
    // Helpers may import each other in a circle.
    known.set(file, true);
    const text = readFileSync(join(root, file), "utf8");
    const quick =
      !/\binject\(/.test(text) &&
      importsOf(text).every((name) =>
        name.startsWith(".") && name.endsWith(".ts") && !name.includes("/src/")
          ? isQuick(join(dirname(file), name))
          : !opens.some((pattern) => pattern.test(name)),
      );
    known.set(file, quick);
    return quick;
  };
  return globSync("test/**/*.test.ts", { cwd: root, exclude: ["**/node_modules"] })
    .sort()
    .filter(isQuick);
}

/** Those of types are gone when it runs. */
function importsOf(text: string): string[] {
  const found = text.matchAll(
    /^(?:import|export) (?!type )[^;]*?from "([^"]+)"|^import "([^"]+)"|\bimport\("([^"]+)"\)/gm,
  );
  return [...found].map(([, from, bare, called]) => from ?? bare ?? called ?? "");
}
