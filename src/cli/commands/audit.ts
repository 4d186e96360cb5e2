/** `audit`: checks that a campaign's numbers are consistent. */

import { resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { count, type Terminal } from "#cli/terminal/terminal.ts";
import type { Audit } from "#core/sending/campaign.ts";
import { auditCampaign } from "#desk/campaigns/read.ts";
import { openPrivateFile } from "#files/private.ts";
import { act, documentOf } from "../act.ts";
import { type Context, exit, type Registration } from "../context.ts";
import { exclusionText } from "../reports/plans/plan-text.ts";

export const auditCommand: Registration = (program, run) => {
  program
    .command("audit")
    .argument("<campaign>", "from `postrider campaigns list`; the first characters are enough")
    .description("check that a campaign's numbers are consistent; exit status 1 if they are not")
    .option("--export <file>", "write every delivery as one line of JSON, without addresses")
    .addHelpText("after", "\nExamples:\n  postrider audit 3f2a\n  postrider audit 3f2a --export deliveries.jsonl")
    .action(run(audit));
};

async function audit(context: Context, wanted: string, options: { export?: string }): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const found = await act(context, app, auditCampaign, { campaign: wanted });
  const { ok, campaign, audits } = found;
  if (options.export) await exportLines(resolve(options.export), app.ledger.auditedDeliveries(campaign.id));
  if (terminal.json) terminal.printJson(documentOf(auditCampaign, found));
  else {
    terminal.print(`${terminal.style("bold", campaign.title)}\n${terminal.style("dim", campaign.id)}`);
    for (const one of audits) terminal.print(`\n${auditText(terminal, one)}`);
  }
  return ok ? exit.ok : exit.trouble;
}

async function exportLines(file: string, rows: AsyncIterable<unknown>): Promise<void> {
  const lines = async function* (): AsyncGenerator<string, void> {
    for await (const row of rows) yield `${JSON.stringify(row)}\n`;
  };
  await pipeline(Readable.from(lines()), openPrivateFile(file));
}

function auditText(terminal: Terminal, { channel, candidates, excluded, prepared, counts, problems }: Audit): string {
  const line = (number: number, words: string): string => `  ${count(number).padStart(9)} ${words}`;
  return [
    `${channel}:`,
    line(candidates, "on the list"),
    ...Object.entries(excluded).flatMap(([name, number]) => (number > 0 ? [line(-number, exclusionText(name))] : [])),
    line(prepared, "deliveries, of which:"),
    ...Object.entries(counts).flatMap(([state, number]) => (number > 0 ? [line(number, state)] : [])),
    ...(problems.length === 0
      ? [terminal.style("green", "  every delivery has exactly one state")]
      : problems.map((problem) => terminal.style("red", `  ${problem}`))),
  ].join("\n");
}
