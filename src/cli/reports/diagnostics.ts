/** Prints problems of posts in the format of compilers (file:line), so that editors can jump to them. */

import { relative } from "node:path";
import type { Terminal } from "#cli/terminal/terminal.ts";
import type { ConfigError } from "#core/errors.ts";
import type { Diagnostic } from "#core/posts/diagnostic.ts";

/** `file:line: severity code message`. Paths are relative to the current folder when they are inside it. */
export function diagnosticLine(
  terminal: Terminal,
  path: string,
  { line, severity, code, message }: Diagnostic,
): string {
  const colour = severity === "error" ? "red" : "yellow";
  return `${shortPath(path)}:${line}: ${terminal.style(colour, severity)} ${code} ${message}`;
}

export function shortPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") ? path : short;
}

/** A mistake in a configuration file. */
export function problemJson({ file, line, message }: ConfigError): unknown {
  return { file: shortPath(file ?? ""), line: line ?? null, message };
}
