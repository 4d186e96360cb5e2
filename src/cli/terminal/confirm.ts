/** Asks once before something that reaches people or can't be undone. Scripts are not asked. */

import { createInterface } from "node:readline/promises";

export type Answer = "yes" | "no" | "nobody";

interface Asking {
  /** `--yes`: don't ask. */
  yes?: boolean | undefined;
  json: boolean;
}

/** `nobody`: there is no terminal. Every answer that does not begin with a y means no. */
export async function confirm(
  question: string,
  { yes, json }: Asking,
  { input, output }: { input: NodeJS.ReadableStream & { isTTY?: boolean }; output: NodeJS.WritableStream } = {
    input: process.stdin,
    output: process.stderr,
  },
): Promise<Answer> {
  if (yes) return "yes";
  if (!input.isTTY || json) return "nobody";
  const terminal = createInterface({ input, output });
  try {
    // At the end of the input (Ctrl-D) the question would never be answered. That also means no.
    const closed = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
    const answer = await Promise.race([terminal.question(`${question} [y/N] `), closed]);
    return /^\s*y/i.test(answer) ? "yes" : "no";
  } finally {
    terminal.close();
  }
}
