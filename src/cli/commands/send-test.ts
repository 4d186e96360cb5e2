/** `send-test`: sends one rendered email to given addresses. It does not use the ledger or the subscribers. */

import { diagnosticLine } from "#cli/reports/diagnostics.ts";
import { plural } from "#cli/terminal/terminal.ts";
import { UsageError } from "#core/errors.ts";
import { addressProblem } from "#core/readers/subscriber.ts";
import { sendTest } from "#desk/posts/send-test.ts";
import { actLater, documentOf } from "../act.ts";
import { type Context, exit, type Registration } from "../context.ts";

export const sendTestCommand: Registration = (program, run) => {
  program
    .command("send-test")
    .argument("<post>", "a Markdown file")
    .description("send a test email to given addresses; nothing is recorded in the ledger")
    .requiredOption("--to <address...>", "the address to send to")
    .option("--channel <name>", "the email channel to use; default: the first one")
    .addHelpText("after", "\nExample:\n  postrider send-test content/posts/hello.md --to me@example.org")
    .action(run(send));
};

async function send(context: Context, post: string, options: { to: string[]; channel?: string }): Promise<number> {
  const { terminal, signals } = context;
  for (const address of options.to) {
    const problem = addressProblem(address);
    if (problem) throw new UsageError(`"${address}" is not an email address: ${problem}`);
  }
  const site = await context.site();
  await using app = context.appLater(site);
  const answer = await actLater(context, site, app, sendTest, { post, ...options }, { stop: signals.abort });
  const { reading, tests } = answer;
  for (const diagnostic of reading.diagnostics) terminal.note(diagnosticLine(terminal, post, diagnostic));
  if (terminal.json) terminal.printJson(documentOf(sendTest, answer));
  if (!reading.post) return exit.trouble;
  for (const { to, accepted, message } of tests) terminal.print(`${accepted ? "✓" : "✗"} ${to}  ${message}`);
  const accepted = tests.filter((test) => test.accepted).length;
  terminal.print(`${plural(accepted, "test email")} accepted of ${tests.length}`);
  return accepted === tests.length ? exit.ok : exit.trouble;
}
