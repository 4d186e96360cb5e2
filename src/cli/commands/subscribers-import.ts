/** `subscribers import` and `received`: people out of files, and what they had before they came. */

import { once } from "node:events";
import { createWriteStream, existsSync } from "node:fs";
import type { Writable } from "node:stream";
import type { Command } from "commander";
import { unmailedList } from "#app.ts";
import { PostriderError } from "#core/errors.ts";
import { type Context, exit, type Run } from "../context.ts";
import { csvCell } from "../csv.ts";
import { type ImportResult, type ImportSettings, importSubscribers, type Rejected } from "../import.ts";
import { presets } from "../import-presets.ts";
import { readRows } from "../import-rows.ts";
import { detectSource, separators } from "../import-source.ts";
import { stepProgress } from "../progress.ts";
import { count, plural } from "../terminal.ts";

/** Adds the commands to `subscribers`. */
export function registerImport(command: Command, run: Run): void {
  command
    .command("import")
    .argument("<csv>", "a file with a header line; one column holds the address")
    .requiredOption("--list <name>", "the list they join")
    .option("--consent <text>", "where these people agreed; kept with each of them (default: the file's name)")
    .option("--preset <name>", `whose export it is: ${Object.keys(presets).join(", ")}`)
    .option(
      "--received-until <date>",
      "posts published until then went to them elsewhere, and never go to them again: a date, now, or none (default: now for another service's export)",
    )
    .option("--address <title>", "the column of the addresses")
    .option("--name <title>", "the column of the names")
    .option("--attributes <titles>", "further columns to keep, parted by commas; `timezone` and `tags` are kept anyway")
    .option("--separator <character>", "between columns, or `tab` (default: found from the first line)")
    .option("--encoding <name>", "such as utf-8 or windows-1252 (default: found from the bytes)")
    .option("--rejects <file>", "where rows that were left out are told (default: beside the CSV)")
    .option("--dry-run", "read and check everything, write nothing")
    .description("add people from a CSV file; who unsubscribed stays unsubscribed")
    .addHelpText(
      "after",
      '\nExample:\n  postrider subscribers import people.csv --list everyone --consent "form on example.org"',
    )
    .action(run(importFile));
  command
    .command("received")
    .argument("<csv>", "a file with a header line; one column holds the address")
    .argument("<post>", "that these people had from another service")
    .option("--address <title>", "the column of the addresses")
    .description("note who had a post elsewhere, so that it never goes to them again")
    .addHelpText("after", "\nExample:\n  postrider subscribers received posts/123.delivers.csv content/posts/hello.md")
    .action(run(received));
}

async function importFile(
  context: Context,
  file: string,
  { rejects = `${file}.rejects.csv`, dryRun, ...settings }: ImportSettings & { rejects?: string; dryRun?: boolean },
): Promise<number> {
  const { terminal } = context;
  const { list } = settings;
  const site = await context.site();
  await using app = dryRun ? null : await context.app(site);
  await using left = openRejects(rejects);
  let step: ReturnType<typeof stepProgress> | null = null;
  const result = await importSubscribers(file, settings, {
    ...(app && {
      open: async (options) => {
        const begun = await app.openImport(options);
        if (begun.rowsDone > 0) left.goOn();
        return begun;
      },
    }),
    reject: left.write,
    progress(done, of) {
      step ??= stepProgress(terminal, of, "row");
      step(done);
    },
    now: () => site.clock.now(),
  });
  const unmailed = unmailedList(site, list);
  if (unmailed) terminal.note(unmailed);
  if (terminal.json) terminal.printJson({ list, ...(dryRun && { dryRun }), ...result });
  else {
    for (const { line, reason } of result.rejected.slice(0, 20)) terminal.note(`${file}:${line}: ${reason}`);
    if (result.rejectedRows > 20) terminal.note(`… and ${count(result.rejectedRows - 20)} more, all in ${rejects}`);
    terminal.note(`  read as ${result.encoding}, parted by ${separators[result.separator] ?? result.separator}`);
    for (const line of consentLines(result, settings)) terminal.note(`  ${line}`);
    if (result.hadUntil)
      terminal.note(
        `  posts published until ${result.hadUntil.toISOString().slice(0, 10)} count as received there and never go to them again (--received-until)`,
      );
    terminal.print(`${list}: ${dryRun ? "nothing written; it would be: " : ""}${importSentence(result)}`);
  }
  return result.rejectedRows > 0 ? exit.trouble : exit.ok;
}

/** What is kept with each reader as where they agreed; `subscribers show` tells it again. */
function consentLines({ consent, consentColumns }: ImportResult, settings: ImportSettings): string[] {
  const from = settings.consent ? "--consent" : "the name of the file";
  const columns = consentColumns.map((title) => `"${title}"`).join(", ");
  const more = columns && `, and of each what stands in ${columns}`;
  return [
    `consent: "${consent}" (${from})${more}`,
    ...(settings.consent || columns ? [] : ['--consent "form on example.org, 2021" says it better']),
  ];
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
        stream = createWriteStream(file, { flags, mode: 0o600 });
        if (flags === "w") stream.write("line,reason\n");
      }
      if (!stream.write(`${line},${csvCell(reason)}\n`)) await once(stream, "drain");
    },
    async [Symbol.asyncDispose]() {
      if (stream) await new Promise<void>((resolve) => stream?.end(resolve));
    },
  };
}

/** What was added, then only what is worth a word. */
function importSentence({ added, known, duplicates, rejectedRows, ofOtherLists, resumedAfter }: ImportResult): string {
  return [
    `${plural(added, "subscriber")} added`,
    known > 0 && `${count(known)} there already`,
    duplicates > 0 && plural(duplicates, "duplicate"),
    rejectedRows > 0 && `${plural(rejectedRows, "row")} rejected`,
    ofOtherLists > 0 && `${plural(ofOtherLists, "row")} of other lists left aside`,
    resumedAfter && `gone on after row ${count(resumedAfter)}`,
  ]
    .filter(Boolean)
    .join(", ");
}

const atOnce = 5_000;

async function received(context: Context, file: string, path: string, named: { address?: string }): Promise<number> {
  const { terminal } = context;
  const site = await context.site();
  const { post } = await site.content.read(path);
  if (!post) throw new PostriderError("not_found", "This file holds no post", { file: path });
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
  else terminal.print(`${plural(noted, "reader")} had it elsewhere; it never goes to them again.`);
  return rejectedRows > 0 ? exit.trouble : exit.ok;
}
