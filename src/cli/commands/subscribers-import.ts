/** `subscribers import` and `received`: import people from files, and the posts that they already received. */

import { once } from "node:events";
import { existsSync } from "node:fs";
import type { Writable } from "node:stream";
import type { Command } from "commander";
import type { z } from "zod";
import { importLines, importSentence } from "#cli/reports/import-report.ts";
import { stepProgress } from "#cli/reports/progress.ts";
import { plural } from "#cli/terminal/terminal.ts";
import {
  csvCell,
  type Following,
  importReaders,
  presets,
  type Rejected,
  recordReceived,
} from "#desk/readers/import.ts";
import { openPrivateFile } from "#files/private.ts";
import { act, documentOf } from "../act.ts";
import { type Context, exit, type Run } from "../context.ts";

/** Adds the commands to `subscribers`. */
export function registerImport(command: Command, run: Run): void {
  command
    .command("import")
    .argument("<csv>", "a CSV file with a header line; one column has the addresses")
    .requiredOption("--list <name>", "the list to add these people to")
    .option(
      "--consent <text>",
      "where these people signed up; recorded as the source of their consent (default: the file's name)",
    )
    .option("--preset <name>", `the service that the export is from: ${Object.keys(presets).join(", ")}`)
    .option(
      "--received-until <date>",
      "posts published before this date count as received and are not sent to these people: a date, now or none (default: now with --preset)",
    )
    .option("--address <title>", "the column with the addresses")
    .option("--name <title>", "the column with the names")
    .option(
      "--attributes <titles>",
      "more columns to import, separated by commas; `timezone` and `tags` are always imported",
    )
    .option("--separator <character>", "the separator, or `tab` (default: detected from the first line)")
    .option("--encoding <name>", "such as utf-8 or windows-1252 (default: detected)")
    .option("--rejects <file>", "the file for rejected rows (default: next to the CSV)")
    .option("--create-list", "create the list if it does not exist")
    .option("--dry-run", "read, check and count all rows, but write nothing")
    .description("add people from a CSV file; nobody who unsubscribed or was forgotten is added again")
    .addHelpText(
      "after",
      '\nExample:\n  postrider subscribers import people.csv --list everyone --consent "form on example.org"',
    )
    .action(run(importFile));
  command
    .command("received")
    .argument("<csv>", "a CSV file with a header line; one column has the addresses")
    .argument("<post>", "the post that these people got from another service")
    .option("--address <title>", "the column with the addresses")
    .description("record who got a post from another service, so that they don't get it again")
    .addHelpText("after", "\nExample:\n  postrider subscribers received posts/123.delivers.csv content/posts/hello.md")
    .action(run(received));
}

type Options = Omit<z.input<typeof importReaders.asks>, "file"> & { rejects?: string };

async function importFile(
  context: Context,
  file: string,
  { rejects = `${file}.rejects.csv`, ...settings }: Options,
): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  await using left = openRejects(rejects);
  let step: ReturnType<typeof stepProgress> | null = null;
  const following: Following = {
    continued: left.goOn,
    reject: left.write,
    progress(done, of) {
      step ??= stepProgress(terminal, of, "row");
      step(done);
    },
  };
  const answer = await act(context, app, importReaders, { file, ...settings }, following);
  const { list, dryRun, result, unmailed } = answer;
  if (unmailed) terminal.note(unmailed);
  if (terminal.json) terminal.printJson(documentOf(importReaders, answer));
  else {
    for (const line of importLines(result, { file, rejects, ...settings })) terminal.note(line);
    if (dryRun) terminal.note("Dry run: nothing was written. The result would be:");
    terminal.print(`${list}: ${importSentence(result)}`);
  }
  return result.rejectedRows > 0 ? exit.trouble : exit.ok;
}

/** The file is created with its first row. */
function openRejects(file: string): AsyncDisposable & { write(rejected: Rejected): Promise<void>; goOn(): void } {
  let stream: Writable | null = null;
  let flags = "w";
  return {
    goOn() {
      if (existsSync(file)) flags = "a";
    },
    async write({ line, reason }) {
      if (!stream) {
        stream = openPrivateFile(file, flags);
        if (flags === "w") stream.write("line,reason\n");
      }
      if (!stream.write(`${line},${csvCell(reason)}\n`)) await once(stream, "drain");
    },
    async [Symbol.asyncDispose]() {
      if (stream) await new Promise<void>((resolve) => stream?.end(resolve));
    },
  };
}

async function received(
  context: Context,
  file: string,
  post: string,
  { address }: { address?: string },
): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const reject = ({ line, reason }: Rejected): void => terminal.note(`${file}:${line}: ${reason}`);
  const answer = await act(context, app, recordReceived, { file, post, address }, { reject });
  if (terminal.json) terminal.printJson(answer);
  else
    terminal.print(
      `Recorded ${plural(answer.noted, "reader")} who already received this post. They will not get it again.`,
    );
  return answer.rejectedRows > 0 ? exit.trouble : exit.ok;
}
