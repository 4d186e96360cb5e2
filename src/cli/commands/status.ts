/** `status`: what the ledger says, by post and channel. */

import { type App, channelsNamed, type SiteContext } from "#app.ts";
import { nobodyWorks, publicationsJson, publicationText } from "#cli/reports/report.ts";
import { PostriderError } from "#core/errors.ts";
import type { PublicationReport } from "#core/publishing/publication.ts";
import { type Context, exit, type Registration } from "../context.ts";

export const statusCommand: Registration = (program, run) => {
  program
    .command("status")
    .argument("[post]", "a file, an id or an address; default: every post")
    .description("show how many deliveries of each post are in each state")
    .addHelpText("after", "\nExamples:\n  postrider status\n  postrider status content/posts/hello.md --json")
    .action(run(status));
};

async function status(context: Context, wanted: string | undefined): Promise<number> {
  const { terminal } = context;
  const site = await context.site();
  await using app = await context.app(site, channelsNamed(site, undefined, { dummies: true }));
  const reports = wanted ? await reportsOf(wanted, site, app) : await app.ledger.report();
  if (terminal.json) terminal.printJson({ publications: publicationsJson(reports) });
  else if (reports.length === 0) terminal.print("Nothing has been published yet.");
  else {
    terminal.print(reports.map((report) => publicationText(terminal, report)).join("\n\n"));
    const worked = await app.ledger.workedChannels();
    const idle = [...new Set(reports.flatMap(unsentChannels))].filter((channel) => !worked.has(channel));
    if (idle.length > 0) terminal.note(`\n${nobodyWorks(idle)}`);
  }
  return exit.ok;
}

/** Where something is left to send that nobody holds. */
function unsentChannels({ channels }: PublicationReport): string[] {
  return Object.entries(channels)
    .filter(([, { counts, freezing, scheduledFor, paused, stalled, cancelledAt }]) => {
      const open = counts.pending + counts.retrying > 0 || freezing || scheduledFor;
      return open && !paused && !stalled && !cancelledAt;
    })
    .map(([name]) => name);
}

async function reportsOf(wanted: string, site: SiteContext, app: App): Promise<PublicationReport[]> {
  const { post: written } = await site.content.read(wanted);
  const [post] = await app.recognise(written ? [written] : []);
  const all = await app.ledger.report();
  const found = all.filter(({ post: id, url }) => [wanted, post?.id].includes(id) || [wanted, post?.url].includes(url));
  if (found.length > 0 || post) return found;
  throw new PostriderError("not_found", `"${wanted}" is not a published post and not a file`, {
    hint: "`postrider status` without a name lists every post.",
  });
}
