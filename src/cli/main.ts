/** The process of the command line: runs one command, and ends when everything it said has left. */

import { runProgram } from "./program.ts";
import { drain } from "./terminal/drain.ts";

// Whoever reads no further, as `head` does, ends nothing that is being sent.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });

process.exitCode = await runProgram(process.argv.slice(2));
await Promise.all([drain(process.stdout), drain(process.stderr)]);
// Nothing is left to do; what a library still holds open must not keep the shell waiting.
process.exit();
