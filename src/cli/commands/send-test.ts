/** `send-test`: one rendered mail to given addresses. The ledger and the subscribers never learn of it. */

import { randomUUID } from "node:crypto";
import { channelsNamed, channelsOf } from "#app.ts";
import { diagnosticLine, shortPath } from "#cli/reports/diagnostics.ts";
import { plural } from "#cli/terminal/terminal.ts";
import type { EmailRecipient, Envelope, Transport } from "#core/adapter.ts";
import { ConfigError, messageOf, UsageError } from "#core/errors.ts";
import { addressProblem } from "#core/readers/subscriber.ts";
import { DeliveryError } from "#core/sending/delivery.ts";
import { sha256 } from "#core/sending/idempotency.ts";
import { refusedDocuments } from "#desk/documents.ts";
import { openRenditions } from "#pipeline/renditions/renditions.ts";
import { type Context, exit, type Registration } from "../context.ts";

interface Options {
  to: string[];
  channel?: string;
}

export const sendTestCommand: Registration = (program, run) => {
  program
    .command("send-test")
    .argument("<post>", "a Markdown file")
    .description("send a test email to given addresses; nothing is recorded in the ledger")
    .requiredOption("--to <address...>", "the address to send to")
    .option("--channel <name>", "the email channel to use; default: the first one")
    .addHelpText("after", "\nExample:\n  postrider send-test content/posts/hello.md --to me@example.org")
    .action(run(sendTest));
};

async function sendTest(context: Context, path: string, options: Options): Promise<number> {
  const { terminal, signals } = context;
  for (const address of options.to) {
    const problem = addressProblem(address);
    if (problem) throw new UsageError(`"${address}" is not an email address: ${problem}`);
  }
  const site = await context.site();
  const channel = options.channel ? channelsNamed(site, [options.channel])[0] : channelsOf(site, "email")[0];
  if (channel?.medium !== "email")
    throw new ConfigError("There is no email channel in the configuration", { file: site.config.file });
  const reading = await site.content.read(path);
  for (const diagnostic of reading.diagnostics) terminal.note(diagnosticLine(terminal, path, diagnostic));
  const { post } = reading;
  if (!post) {
    if (terminal.json) terminal.printJson({ tests: [], refused: refusedDocuments([reading], shortPath) });
    return exit.trouble;
  }
  const rendition = await openRenditions(site.renderer, site.adapters)(post, { ...channel, channel: channel.name });
  await using app = await context.app(site);
  const transport = (await app.desk.transport(channel.name)) as Transport<"email">;
  const list = channel.list ?? channel.name;
  const results: { to: string; accepted: boolean; message: string }[] = [];
  for (const to of options.to) {
    const recipient: EmailRecipient = {
      address: to,
      list: { name: list, title: list },
      // Signed for nobody: whoever clicks it in a test mail unsubscribes no one.
      ...app.desk.links("test", list, channel.name),
      viewUrl: post.url,
    };
    // Each test is a mail of its own: a fixed id would make mailbox providers drop the second one.
    const envelope = {
      key: sha256(randomUUID()),
      rendition,
      recipient,
      publishedAt: site.clock.now(),
    } as Envelope<"email">;
    try {
      const receipt = await transport.send(envelope, signals.abort);
      results.push({ to, accepted: true, message: receipt.url ?? receipt.response ?? "" });
    } catch (error) {
      results.push({
        to,
        accepted: false,
        message: error instanceof DeliveryError ? error.failure.message : messageOf(error),
      });
    }
  }
  if (terminal.json) terminal.printJson({ tests: results });
  for (const { to, accepted, message } of results) terminal.print(`${accepted ? "✓" : "✗"} ${to}  ${message}`);
  const accepted = results.filter((result) => result.accepted).length;
  terminal.print(`${plural(accepted, "test email")} accepted of ${results.length}`);
  return accepted === results.length ? exit.ok : exit.trouble;
}
