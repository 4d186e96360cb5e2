#!/usr/bin/env node
// Runs the compiled command line. The project brings its own Node (the npm package `node`) for machines whose PATH has an older one.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { fileURLToPath } from "node:url";

const oldest = 24;
const own = fileURLToPath(new URL("../node_modules/node/bin/node", import.meta.url));

if (Number.parseInt(process.versions.node, 10) >= oldest) {
  // Compiled code is kept for the next start; where it can't be, nothing is lost but time.
  module.enableCompileCache();
  if (process.argv.some((word) => word === "worker" || word === "serve")) await import("./small-heap.js");
  else if (process.argv.includes("import")) await import("./bounded-heap.js");
  await import("../dist/cli/main.js");
} else if (existsSync(own)) {
  const child = spawn(own, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  process.on("SIGHUP", () => child.kill("SIGHUP"));
  // A terminal sends Ctrl-C to both of us; passed on as well it would count as the second one.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  child.on("exit", (status, signal) => {
    process.exitCode = signal ? 1 : (status ?? 1);
  });
} else {
  process.stderr.write(`Postrider needs Node.js ${oldest} or later; this is ${process.versions.node}.\n`);
  process.exitCode = 1;
}
