/** `status`: shows the deliveries in the ledger, by post and channel. */

import { channelsNamed } from "#app.ts";
import { nobodyWorks, publicationText } from "#cli/reports/report.ts";
import { status } from "#desk/posts/status.ts";
import { act } from "../act.ts";
import { type Context, exit, type Registration } from "../context.ts";

export const statusCommand: Registration = (program, run) => {
  program
    .command("status")
    .argument("[post]", "a post's file, id or address; default: every post")
    .description("show how many deliveries of each post are in each state")
    .addHelpText("after", "\nExamples:\n  postrider status\n  postrider status content/posts/hello.md --json")
    .action(run(showStatus));
};

async function showStatus(context: Context, post: string | undefined): Promise<number> {
  const { terminal } = context;
  const site = await context.site();
  await using app = await context.app(site, channelsNamed(site, undefined, { dummies: true }));
  const { publications, idle } = await act(context, app, status, post === undefined ? {} : { post });
  if (terminal.json) terminal.printJson({ publications });
  else if (publications.length === 0) terminal.print("Nothing has been published yet.");
  else {
    terminal.print(publications.map((report) => publicationText(terminal, report)).join("\n\n"));
    if (idle.length > 0) terminal.note(`\n${nobodyWorks(idle)}`);
  }
  return exit.ok;
}
