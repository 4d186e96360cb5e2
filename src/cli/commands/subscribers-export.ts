/** `subscribers export` and `suppressions`: write CSV that the import can read, or JSON, with constant memory. */

import { once } from "node:events";
import type { Writable } from "node:stream";
import type { Command } from "commander";
import { plural } from "#cli/terminal/terminal.ts";
import { csvCell } from "#desk/readers/import.ts";
import { exportReaders, exportSuppressions } from "#desk/readers/read.ts";
import { openPrivateFile } from "#files/private.ts";
import { act } from "../act.ts";
import { type Context, exit, type Run } from "../context.ts";

interface Options {
  list?: string;
  out?: string;
}

/** Adds the commands to `subscribers`. */
export function registerExport(command: Command, run: Run): void {
  command
    .command("export")
    .option("--list <name>", "only this list")
    .option("--out <file>", "default: standard output")
    .description("write one CSV row for each subscription; `import` reads it")
    .action(run(subscriptions));
  command
    .command("suppressions")
    .option("--list <name>", "only suppressions for this list")
    .option("--out <file>", "default: standard output")
    .description("write one CSV row for each suppression, with its reason and evidence")
    .action(run(suppressions));
}

async function subscriptions(context: Context, { list, out }: Options): Promise<number> {
  await using app = await context.app(await context.site());
  const titles = ["address", "name", "list", "state", "since", "source", "language", "frequency", "attributes"];
  const all = await act(context, app, exportReaders, { list });
  const rows = await write(context, out, "subscribers", titles, all, (row) => [
    ...[row.address, row.name, row.list, row.state, row.since.toISOString(), row.source, row.language, row.frequency],
    Object.keys(row.attributes).length > 0 ? JSON.stringify(row.attributes) : "",
  ]);
  context.terminal.note(`${plural(rows, "subscription")} exported`);
  return exit.ok;
}

async function suppressions(context: Context, { list, out }: Options): Promise<number> {
  await using app = await context.app(await context.site());
  const titles = ["address", "hash", "reason", "list", "since", "evidence"];
  const all = await act(context, app, exportSuppressions, { list });
  const rows = await write(context, out, "suppressions", titles, all, (row) => [
    ...[row.address ?? "", row.hash, row.reason, row.list ?? "", row.since.toISOString(), row.evidence ?? ""],
  ]);
  context.terminal.note(`${plural(rows, "suppression")}; for forgotten people only the hash is exported`);
  return exit.ok;
}

/** With `--json` one document. Rows are written as they are read, because ten million rows don't fit into memory. Returns how many. */
async function write<Row>(
  { terminal }: Context,
  out: string | undefined,
  name: string,
  titles: readonly string[],
  rows: AsyncIterable<Row>,
  cells: (row: Row) => string[],
): Promise<number> {
  const stream: Writable = out ? openPrivateFile(out) : process.stdout;
  // The reader of the output has closed it, as `head` does. That is not an error; we only stop.
  let gone = false;
  if (!out)
    stream.on("error", ({ code }: NodeJS.ErrnoException) => {
      gone ||= code === "EPIPE";
    });
  const put = async (text: string): Promise<void> => {
    if (!stream.write(text))
      await once(stream, "drain").catch((error: unknown) => {
        if (!gone) throw error;
      });
  };
  let count = 0;
  await put(terminal.json ? `{"${name}": [` : `${titles.join(",")}\n`);
  for await (const row of rows) {
    if (gone) break;
    const separator = count++ === 0 ? "\n" : ",\n";
    await put(terminal.json ? `${separator}${JSON.stringify(row)}` : `${cells(row).map(csvCell).join(",")}\n`);
  }
  if (terminal.json) await put(`${count > 0 ? "\n" : ""}]}\n`);
  if (out) await new Promise<void>((resolve) => stream.end(resolve));
  return count;
}
