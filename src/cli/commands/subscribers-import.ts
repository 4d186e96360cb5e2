/** `subscribers import` and `received`: people out of files, and what they had before they came. */

import { once } from "node:events";
import { existsSync } from "node:fs";
import type { Writable } from "node:stream";
import type { Command } from "commander";
import { unmailedList } from "#app.ts";
import { csvCell } from "#cli/import/csv.ts";
import {
  type ImportPorts,
  type ImportResult,
  type ImportSettings,
  importSubscribers,
  type Rejected,
} from "#cli/import/import.ts";
import { requireList } from "#cli/import/known-list.ts";
import { presets } from "#cli/import/presets.ts";
import { type ReadColumns, readRows } from "#cli/import/rows.ts";
import { detectSource, separators } from "#cli/import/source.ts";
import { stepProgress } from "#cli/reports/progress.ts";
import { count, plural } from "#cli/terminal/terminal.ts";
import { PostriderError } from "#core/errors.ts";
import { openPrivateFile } from "#files/private.ts";
import { type Context, exit, type Run } from "../context.ts";

/** Adds the commands to `subscribers`. */
export function registerImport(command: Command, run: Run): void {
  command
    .command("import")
    .argument("<csv>", "a CSV file with a header line; one column has the addresses")
    .requiredOption("--list <name>", "the list they join")
    .option("--consent <text>", "where these people agreed; recorded for each of them (default: the file's name)")
    .option("--preset <name>", `the service that the export is from: ${Object.keys(presets).join(", ")}`)
    .option(
      "--received-until <date>",
      "these people got all posts until then from another service, and don't get them again: a date, now, or none (default: now for another service's export)",
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

interface Choices {
  rejects?: string;
  dryRun?: boolean;
  createList?: boolean;
}

async function importFile(
  context: Context,
  file: string,
  { rejects = `${file}.rejects.csv`, dryRun, createList, ...settings }: ImportSettings & Choices,
): Promise<number> {
  const { terminal } = context;
  const { list } = settings;
  const site = await context.site();
  await using app = await context.app(site);
  if (!createList) await requireList(site, app, list);
  await using left = openRejects(rejects);
  let step: ReturnType<typeof stepProgress> | null = null;
  const ports: ImportPorts = {
    open: async (options) => {
      const begun = await app.openImport(options);
      if (begun.rowsDone > 0) left.goOn();
      return begun;
    },
    reject: left.write,
    progress(done, of) {
      step ??= stepProgress(terminal, of, "row");
      step(done);
    },
    now: () => site.clock.now(),
  };
  const result = await importSubscribers(file, settings, ports, dryRun);
  const unmailed = unmailedList(site, list);
  if (unmailed) terminal.note(unmailed);
  if (terminal.json) terminal.printJson({ list, ...(dryRun && { dryRun }), ...result });
  else {
    for (const { line, reason } of result.rejected.slice(0, 20)) terminal.note(`${file}:${line}: ${reason}`);
    if (result.rejectedRows > 20) terminal.note(`… and ${count(result.rejectedRows - 20)} more, all in ${rejects}`);
    terminal.note(`  Encoding ${result.encoding}, separator ${separators[result.separator] ?? result.separator}`);
    terminal.note(`  Columns: ${columnsText(result.columns)}`);
    for (const [word, rows] of Object.entries(result.unknownStates))
      terminal.note(
        `  Unknown state "${word}" in ${plural(rows, "row")}; treated as empty. Correct the file if these people unsubscribed.`,
      );
    for (const line of consentLines(result, settings)) terminal.note(`  ${line}`);
    if (result.hadUntil)
      terminal.note(
        `  posts published until ${result.hadUntil.toISOString().slice(0, 10)}, and certainly older than this import, count as received there and are not sent to these readers (--received-until)`,
      );
    if (dryRun) terminal.note("Dry run: nothing was written. The result would be:");
    terminal.print(`${list}: ${importSentence(result)}`);
  }
  return result.rejectedRows > 0 ? exit.trouble : exit.ok;
}

/** What is kept with each reader as where they agreed; `subscribers show` prints it again. */
function consentLines({ consent, consentColumns }: ImportResult, settings: ImportSettings): string[] {
  const from = settings.consent ? "" : " (the name of the file)";
  const columns = consentColumns.map((title) => `"${title}"`).join(", ");
  const more = columns && `, and for each person the value of ${columns}`;
  return [
    `Recorded consent source: "${consent}"${from}${more}`,
    ...(settings.consent || columns
      ? []
      : ['Use --consent to record where people signed up, for example --consent "form on example.org, 2021".']),
  ];
}

/** `address "Email", state "Email disabled"`. */
function columnsText(columns: ReadColumns): string {
  return Object.entries(columns)
    .map(
      ([what, titles]: [string, string | string[]]) =>
        `${what} ${[titles]
          .flat()
          .map((title) => `"${title}"`)
          .join(" ")}`,
    )
    .join(", ");
}

/** A file that is made with its first row. */
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

/** Always the same words, so that a dry run and the import that follows can be compared. */
function importSentence(result: ImportResult): string {
  const { confirmed, unconfirmed, unsubscribed, suppressed, forgotten, known, ended, skipped, resumedAfter } = result;
  const why = [
    result.duplicates > 0 && plural(result.duplicates, "duplicate"),
    result.rejectedRows > 0 && `${count(result.rejectedRows)} rejected`,
    result.ofOtherLists > 0 && `${count(result.ofOtherLists)} of other lists`,
  ].filter(Boolean);
  return [
    `${count(confirmed)} confirmed`,
    unconfirmed > 0 && `${count(unconfirmed)} unconfirmed`,
    `${count(unsubscribed)} unsubscribed`,
    `${count(suppressed)} suppressed`,
    `${count(forgotten)} forgotten`,
    `${count(known)} known${ended > 0 ? ` (${count(ended)} of them get no more email)` : ""}`,
    `${count(skipped)} skipped${why.length > 0 ? ` (${why.join(", ")})` : ""}`,
    resumedAfter && `continued after row ${count(resumedAfter)}`,
  ]
    .filter(Boolean)
    .join(", ");
}

const atOnce = 5_000;

async function received(context: Context, file: string, path: string, named: { address?: string }): Promise<number> {
  const { terminal } = context;
  const site = await context.site();
  const { post } = await site.content.read(path);
  if (!post) throw new PostriderError("not_found", "This file is not a post", { file: path });
  await using app = await context.app(site);
  const dialect = await detectSource(file, {});
  let noted = 0;
  let rejectedRows = 0;
  let share: string[] = [];
  const flush = async (): Promise<void> => {
    noted += await app.suppressions.received(post.id, share, file);
    share = [];
  };
  const plain = presets["plain"];
  if (!plain) throw new PostriderError("internal", "There is no plain preset");
  for await (const rows of readRows(file, dialect, { preset: plain, named, list: null }))
    for (const row of rows) {
      if ("rejected" in row) {
        rejectedRows++;
        terminal.note(`${file}:${row.rejected.line}: ${row.rejected.reason}`);
      } else if ("row" in row) share.push(row.row.address);
      if (share.length === atOnce) await flush();
    }
  await flush();
  if (terminal.json) terminal.printJson({ post: post.id, noted, rejectedRows });
  else terminal.print(`${plural(noted, "reader")} had it elsewhere and will not get it again.`);
  return rejectedRows > 0 ? exit.trouble : exit.ok;
}
