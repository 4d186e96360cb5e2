/** Asks once before something that reaches people or can't be undone. Scripts are not asked. */

import { createInterface } from "node:readline/promises";
import type { Terminal } from "./terminal.ts";

/** `true` without a terminal to ask on, and where `--yes` was given. @param question - ends in a question mark. */
export async function confirmed(
  { interactive }: Pick<Terminal, "interactive">,
  question: string,
  { yes = false }: { yes?: boolean | undefined },
  { input, output }: { input: NodeJS.ReadStream; output: NodeJS.WritableStream } = {
    input: process.stdin,
    output: process.stderr,
  },
): Promise<boolean> {
  if (yes || !interactive || !input.isTTY) return true;
  const asking = createInterface({ input, output });
  try {
    const answer = await asking.question(`\n${question} [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    asking.close();
  }
}
