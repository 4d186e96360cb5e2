/** `measure`: counts a text as a network does. Needs neither a site nor a connection. */

import { loadAdapters } from "#app.ts";
import { standardInput } from "#cli/terminal/standard-input.ts";
import { PostriderError } from "#core/errors.ts";
import { perform } from "#desk/act.ts";
import { measureTexts } from "#desk/posts/measure.ts";
import { operator } from "../act.ts";
import { type Context, exit, type Registration } from "../context.ts";

export const measureCommand: Registration = (program, run) => {
  program
    .command("measure")
    .argument("<adapter>", "such as mastodon, bluesky or x")
    .option("--lines", "read one JSON string per line, print one number per line")
    .description("measure the text on standard input by the network's own rule")
    .addHelpText("after", "\nExample:\n  echo 'It opens on Monday.' | postrider measure x")
    .action(run(measure));
};

async function measure({ terminal }: Context, name: string, { lines }: { lines?: boolean }): Promise<number> {
  const measured = (texts: string[]) => perform(measureTexts, { adapter: name, texts }, operator, { loadAdapters });
  const input = (await standardInput()).toString();
  if (lines) {
    const rows = input.split("\n").map((line, index) => ({ line, number: index + 1 }));
    const texts = rows.filter(({ line }) => line.trim() !== "").map(({ line, number }) => textOf(line, number));
    const { counts } = await measured(texts);
    if (terminal.json) terminal.printJson({ adapter: name, counts });
    else for (const each of counts) terminal.print(String(each));
    return exit.ok;
  }
  // `echo` adds a line end that is not part of the text.
  const { counts, limit } = await measured([input.replace(/\r?\n$/, "")]);
  const [count = 0] = counts;
  if (terminal.json) terminal.printJson({ adapter: name, count, limit });
  else terminal.print(limit === null ? String(count) : `${count} of ${limit}`);
  return limit !== null && count > limit ? exit.trouble : exit.ok;
}

function textOf(line: string, number: number): string {
  try {
    const text: unknown = JSON.parse(line);
    if (typeof text === "string") return text;
  } catch {
    // Reported below.
  }
  throw new PostriderError("invalid", `Line ${number} is not a JSON string`, {
    hint: 'Expected "text" in double quotes.',
  });
}
