/** Holds the floors: who may import whom, one home for each package, no cycles. Read from the import lines. */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { functionsIn } from "./house/blocks.ts";

const root = fileURLToPath(new URL("../src/", import.meta.url));

/** What each folder may import besides itself. `app.ts` may import everything, and nothing but entry points imports it. */
const floors: Record<string, readonly string[]> = {
  core: [],
  formats: ["core"],
  files: [],
  config: ["core", "formats"],
  content: ["core", "files", "formats", "web"],
  render: ["core", "formats"],
  images: ["core", "files"],
  smtp: ["core", "files", "web"],
  mailbox: ["core"],
  identity: ["core"],
  web: [],
  adapters: ["core", "files", "smtp", "web"],
  contract: ["core"],
  store: ["core", "files", "formats"],
  queue: ["core", "formats"],
  pipeline: ["core"],
  import: ["core"],
  desk: ["core", "pipeline", "import"],
  writer: [],
  worker: ["core", "pipeline"],
  assistant: ["core", "desk"],
  http: ["core", "desk", "web", "assistant"],
  cli: ["core", "files", "desk", "app.ts", "assistant"],
  "index.ts": ["core", "app.ts", "desk"],
  app: [
    "core",
    "files",
    "config",
    "content",
    "render",
    "images",
    "smtp",
    "mailbox",
    "identity",
    "web",
    "adapters",
    "contract",
    "store",
    "queue",
    "pipeline",
    "desk",
    "worker",
    "writer",
    "http",
  ],
  "app.ts": [
    "app",
    "core",
    "config",
    "content",
    "render",
    "images",
    "smtp",
    "mailbox",
    "identity",
    "adapters",
    "contract",
    "store",
    "queue",
    "pipeline",
    "desk",
    "worker",
    "writer",
    "http",
  ],
};

/** In one folder, beside its sub-folders. */
const mostFiles = 15;
/** Folders that may have more, and why. */
const crowds: Record<string, string> = {
  adapters: "one file for each network, found by its name",
  "cli/commands": "one file for each command, found by its name",
};

/** Of a function, from its signature to its closing brace. */
const mostLines = 80;

/** Schemas are read at every edge. */
const shared = ["zod"];

interface Import {
  from: string;
  to: string;
}

const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const imports: Import[] = files.flatMap((from) =>
  [
    ...readFileSync(join(root, from), "utf8").matchAll(
      /^(?:import|export)\s+(?:[\w$*{},\s]+?\s+from\s+)?"([^"]+)"|\b(?:import|require)\("([^"]+)"\)/gm,
    ),
  ]
    .map((match) => match[1] ?? match[2] ?? "")
    .map((to) => ({ from, to: resolveImport(from, to) })),
);

/** A path below `src`, `node:…`, or a package's name. */
function resolveImport(from: string, to: string): string {
  if (to.startsWith("#")) return to.slice(1);
  if (to.startsWith(".")) return relative(root, join(root, dirname(from), to));
  if (to.startsWith("node:")) return to;
  return to
    .split("/")
    .slice(0, to.startsWith("@") ? 2 : 1)
    .join("/");
}

const floorOf = (path: string): string => path.split("/")[0] ?? path;
const isOurs = (path: string): boolean => files.includes(path);
const isPackage = ({ to }: Import): boolean => !isOurs(to) && !to.startsWith("node:");

describe("The floors", () => {
  it("knows every folder", () => {
    expect([...new Set(files.map(floorOf))].filter((floor) => !(floor in floors))).toEqual([]);
  });

  it("finds every import's target", () => {
    expect(imports.filter(({ to }) => to.startsWith("..") || (/\.ts$/.test(to) && !isOurs(to)))).toEqual([]);
  });

  it("lets a floor import only floors below it", () => {
    const wrong = imports
      .filter(({ to }) => isOurs(to))
      .filter(({ from, to }) => floorOf(from) !== floorOf(to) && !floors[floorOf(from)]?.includes(floorOf(to)));
    expect(wrong).toEqual([]);
  });

  it("keeps core and pipeline free of packages, and core free of I/O", () => {
    expect(imports.filter((entry) => isPackage(entry) && ["core", "pipeline"].includes(floorOf(entry.from)))).toEqual(
      [],
    );
    const machine = imports.filter(({ from, to }) => floorOf(from) === "core" && to.startsWith("node:"));
    expect(machine.filter(({ to }) => !["node:crypto", "node:async_hooks"].includes(to))).toEqual([]);
  });

  it("gives each package one home", () => {
    const homes = Map.groupBy(imports.filter(isPackage), ({ to }) => to);
    const homeless = [...homes]
      .filter(([name]) => !shared.includes(name))
      .map(([name, uses]) => [name, [...new Set(uses.map(({ from }) => floorOf(from)))]] as const)
      .filter(([, folders]) => folders.length > 1);
    expect(homeless).toEqual([]);
  });

  it("declares every package it uses and uses every package it declares", () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, "../package.json"), "utf8")) as {
      dependencies: object;
    };
    const used = new Set(imports.filter(isPackage).map(({ to }) => to));
    expect([...used].sort()).toEqual(Object.keys(dependencies).sort());
  });

  it("has no cycles", () => {
    const next = Map.groupBy(
      imports.filter(({ to }) => isOurs(to)),
      ({ from }) => from,
    );
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
      else if (!done.has(file)) for (const { to } of next.get(file) ?? []) visit(to, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it("has rooms that depend on each other in one direction only", () => {
    const isRoom = (path: string): boolean => path.split("/").length > 2;
    const roomOf = (path: string): string => path.split("/").slice(0, 2).join("/");
    const inside = imports.filter(
      ({ from, to }) => isOurs(to) && floorOf(from) === floorOf(to) && isRoom(from) && isRoom(to),
    );
    const edges = Map.groupBy(
      inside.filter(({ from, to }) => roomOf(from) !== roomOf(to)),
      ({ from }) => roomOf(from),
    );
    const reach = (room: string, seen: Set<string>): Set<string> => {
      for (const { to } of edges.get(room) ?? []) if (!seen.has(roomOf(to))) reach(roomOf(to), seen.add(roomOf(to)));
      return seen;
    };
    expect([...edges.keys()].filter((room) => reach(room, new Set()).has(room))).toEqual([]);
  });

  it("keeps every function within 80 lines", () => {
    const functions = functionsIn(new Map(files.map((file) => [file, readFileSync(join(root, file), "utf8")])));
    const long = functions.filter(({ lines }) => lines.length > mostLines);
    expect(long.map(({ name, lines }) => `${name} ${lines.length}`)).toEqual([]);
    expect(functions.length).toBeGreaterThan(1_000);
  });

  it("gives a folder of more than 15 files rooms", () => {
    const folders = Map.groupBy(files, dirname);
    const crowded = [...folders].filter(([, inside]) => inside.length > mostFiles).map(([folder]) => folder);
    expect(crowded.filter((folder) => !(folder in crowds))).toEqual([]);
  });

  it("lets the edges import the desk, and not the pipeline", () => {
    const past = imports.filter(
      ({ from, to }) => ["cli", "http"].includes(floorOf(from)) && ["pipeline", "store"].includes(floorOf(to)),
    );
    expect(past).toEqual([]);
  });

  it("runs SQL in the store and the queue only", () => {
    const runs = files.filter((file) => /\b(?!req\b)\w+\.query[<(]/.test(readFileSync(join(root, file), "utf8")));
    expect(runs.filter((file) => !["store", "queue"].includes(floorOf(file)))).toEqual([]);
    expect(runs.length).toBeGreaterThan(20);
  });

  it("reads the environment in config only", () => {
    const readers = files.filter((file) => /process\.env/.test(readFileSync(join(root, file), "utf8")));
    expect(readers.filter((file) => floorOf(file) !== "config")).toEqual([]);
  });

  it("keeps processors shallow", () => {
    const long = files
      .filter((file) => floorOf(file) === "worker")
      .filter((file) => readFileSync(join(root, file), "utf8").split("\n").length > 26);
    expect(long).toEqual([]);
  });

  it("begins every file with a sentence about its purpose", () => {
    expect(files.filter((file) => !/^\/\*\*/.test(readFileSync(join(root, file), "utf8")))).toEqual([]);
  });
});
