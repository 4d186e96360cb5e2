/** The process of the command line: runs one command, and ends when all its output has been written. */

import { runProgram } from "./program.ts";
import { drain } from "./terminal/drain.ts";

// If the reader of the output closes it, as `head` does, sending continues.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });

process.exitCode = await runProgram(process.argv.slice(2));
await Promise.all([drain(process.stdout), drain(process.stderr)]);
// Everything is done. Handles that a library still has open must not keep the process alive.
process.exit();
