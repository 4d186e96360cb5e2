/** Asks the operator at the terminal for what a job needs. */

import { createInterface } from "node:readline/promises";
import { InvalidArgumentError } from "commander";
import { commaSeparated } from "#cli/terminal/arguments.ts";
import type { Answers, Question } from "#core/jobs/job-file.ts";
import { republishModes } from "#core/publishing/republish.ts";
import { modeNamed } from "./republish-plan.ts";

const prompts: Record<Question, string> = {
  post: "Which post? (a file, such as content/posts/hello.md) ",
  channels: "Which channels? (separated by commas) ",
  mode: `What to do? (${republishModes.join(", ")}) `,
  reason: "Why? (recorded in the ledger) ",
};

/** Asks one question at a time, because an answer may lead to another question. An empty answer leaves it open. @param open - the questions that have no answer yet. */
export async function askFor(
  open: (said: Answers) => Question[],
  said: Answers,
  { input, output }: { input: NodeJS.ReadableStream; output: NodeJS.WritableStream } = {
    input: process.stdin,
    output: process.stderr,
  },
): Promise<Answers> {
  const terminal = createInterface({ input, output });
  const asked = new Set<Question>();
  let answers = said;
  try {
    for (;;) {
      const question = open(answers).find((each) => !asked.has(each));
      if (!question) return answers;
      const answer = (await terminal.question(prompts[question])).trim();
      try {
        if (answer !== "") answers = { ...answers, ...answerTo(question, answer) };
        asked.add(question);
      } catch (error) {
        if (!(error instanceof InvalidArgumentError)) throw error;
        output.write(`${error.message}\n`);
      }
    }
  } finally {
    terminal.close();
  }
}

function answerTo(question: Question, answer: string): Answers {
  if (question === "channels") return { channels: commaSeparated(answer) };
  if (question === "mode") return { mode: modeNamed(answer) };
  return { [question]: answer };
}
