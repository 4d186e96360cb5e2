/** Prints problems of posts in the format of compilers (file:line), so that editors can jump to them. */

import { relative } from "node:path";
import type { Terminal } from "#cli/terminal/terminal.ts";
import type { ConfigError } from "#core/errors.ts";
import type { Reading } from "#core/posts/content.ts";
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

/** A mistake of a configuration file. */
export function problemJson({ file, line, message }: ConfigError): unknown {
  return { file: shortPath(file ?? ""), line: line ?? null, message };
}

export function hasErrors(reading: Reading): boolean {
  return reading.post === null || reading.diagnostics.some((diagnostic) => diagnostic.severity === "error");
}

/** Nothing of it may go out. */
export function isRefused(reading: Reading): boolean {
  return hasErrors(reading) || reading.post?.status === "draft";
}

/** `refused` in a command's JSON: the posts that were not sent, and why. */
export function refusedJson(readings: readonly Reading[]): unknown {
  return readings
    .filter(isRefused)
    .map(({ path, post, diagnostics }) => ({ path: shortPath(path), status: post?.status ?? "held", diagnostics }));
}
