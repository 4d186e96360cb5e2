/** Shows the difference between the published text and the current text of a post, with some context. */

import type { Terminal } from "#cli/terminal/terminal.ts";

const around = 2;

/** @param lines - each begins with ` `, `-` or `+`. */
export function diffText(terminal: Terminal, lines: readonly string[]): string[] {
  const near = lines.map((_, at) =>
    lines.slice(Math.max(0, at - around), at + around + 1).some((line) => !isSame(line)),
  );
  return lines.flatMap((line, at) => {
    if (near[at]) return [styled(terminal, line)];
    return at === 0 || near[at - 1] ? [terminal.style("dim", "      …")] : [];
  });
}

function isSame(line: string): boolean {
  return line.startsWith(" ");
}

function styled(terminal: Terminal, line: string): string {
  return terminal.style(line.startsWith("+") ? "green" : line.startsWith("-") ? "red" : "dim", `    ${line}`);
}
