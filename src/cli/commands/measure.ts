/** `measure`: counts a text as a network does. Needs neither a site nor a connection. */

import { loadAdapters } from "#app.ts";
import { standardInput } from "#cli/terminal/standard-input.ts";
import type { Adapter } from "#core/adapter.ts";
import { PostriderError } from "#core/errors.ts";
import { measureOf } from "#pipeline/renditions/renditions.ts";
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
  const adapter = await noteAdapter(name);
  const count = measureOf(adapter);
  const input = (await standardInput()).toString();
  if (lines) {
    const counts = input
      .split("\n")
      .flatMap((line, index) => (line.trim() === "" ? [] : [count(textOf(line, index + 1))]));
    if (terminal.json) terminal.printJson({ adapter: name, counts });
    else for (const each of counts) terminal.print(String(each));
    return exit.ok;
  }
  // What `echo` adds is not of the text.
  const counted = count(input.replace(/\r?\n$/, ""));
  const { maxLength } = adapter.traits;
  if (terminal.json) terminal.printJson({ adapter: name, count: counted, limit: maxLength ?? null });
  else terminal.print(maxLength === undefined ? String(counted) : `${counted} of ${maxLength}`);
  return maxLength !== undefined && counted > maxLength ? exit.trouble : exit.ok;
}

async function noteAdapter(name: string): Promise<Adapter> {
  const adapters = await loadAdapters([name]);
  const adapter = adapters.get(name);
  if (adapter?.medium === "note") return adapter;
  const known = [...(await loadAdapters()).values()].filter(({ medium }) => medium === "note").map((each) => each.name);
  throw new PostriderError("invalid", `There is no network "${name}"`, { hint: `Known: ${known.join(", ")}.` });
}

function textOf(line: string, number: number): string {
  try {
    const text: unknown = JSON.parse(line);
    if (typeof text === "string") return text;
  } catch {
    // Told below.
  }
  throw new PostriderError("invalid", `Line ${number} is not a JSON string`, {
    hint: 'Expected "text" in double quotes.',
  });
}
