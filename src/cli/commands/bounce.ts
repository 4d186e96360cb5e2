/** `bounce`: explains a bounce message; with `--record` it also records it. */

import type { Command } from "commander";
import { type RecordedBounce, readBounce } from "#app.ts";
import { standardInput } from "#cli/terminal/standard-input.ts";
import { plural } from "#cli/terminal/terminal.ts";
import type { BounceReport } from "#core/readers/bounce.ts";
import { type Context, exit, type Run } from "../context.ts";

/** Registers the command. */
export function bounceCommand(program: Command, run: Run): void {
  program
    .command("bounce")
    .option("--mailbox", "read the mailbox in postrider.yaml once instead; processed messages are deleted there")
    .option("--record", "record it in the ledger: hard bounces and complaints suppress the address")
    .description("explain a bounce or complaint read from standard input")
    .addHelpText("after", "\nExample:\n  postrider bounce < message.eml")
    .action(run(bounce));
}

interface Options {
  mailbox?: boolean;
  record?: boolean;
}

async function bounce(context: Context, { mailbox, record }: Options): Promise<number> {
  if (mailbox) return readMailbox(context);
  const { terminal } = context;
  const source = await standardInput();
  const found: (Partial<RecordedBounce> & { report: BounceReport })[] = record
    ? await recorded(context, source)
    : (await readBounce(source)).map((report) => ({ report }));
  if (terminal.json) terminal.printJson({ bounces: found.map(({ report, outcome }) => ({ ...report, ...outcome })) });
  else
    for (const { report, outcome } of found) {
      terminal.print(`${terminal.style("bold", report.kind)}  ${report.recipient ?? "(no recipient named)"}`);
      terminal.print(`  ${report.why}${report.kind === "soft" && !report.counts ? "; it is not counted" : ""}`);
      if (report.diagnostic) terminal.print(`  the reply: ${report.diagnostic}`);
      if (outcome)
        terminal.print(`  ${outcome.effect}; ${outcome.tie ? `matched by its ${outcome.tie}` : "matches no delivery"}`);
    }
  if (!record) terminal.note("Nothing was recorded. Use --record to record it.");
  return found.every(({ report }) => report.kind === "unknown") ? exit.trouble : exit.ok;
}

async function readMailbox(context: Context): Promise<number> {
  const { terminal, signals } = context;
  await using app = await context.app(await context.site());
  const sum = { taken: 0, left: 0 };
  for (let more = true; more && !signals.stop.aborted; ) {
    const run = await app.bounces.mailbox(signals.stop);
    sum.taken += run.taken;
    sum.left += run.left;
    more = run.more;
  }
  if (terminal.json) terminal.printJson(sum);
  else
    terminal.print(
      `${plural(sum.taken, "message")} imported and deleted there; ${plural(sum.left, "message")} not recognised, marked as read and left there.`,
    );
  return exit.ok;
}

async function recorded(context: Context, source: Uint8Array): Promise<RecordedBounce[]> {
  await using app = await context.app(await context.site());
  // Awaited, because the app closes when this function ends.
  return await app.bounces.message(source);
}
