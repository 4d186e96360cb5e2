/** `feed`: rebuilds feed files, or withdraws a post from them. */

import { shortPath } from "#cli/reports/diagnostics.ts";
import { plural } from "#cli/terminal/terminal.ts";
import { buildFeeds } from "#desk/feeds/build.ts";
import { withdrawItem } from "#desk/feeds/withdraw.ts";
import { act, documentOf } from "../act.ts";
import { announce } from "../announce.ts";
import { type Context, exit, type Registration } from "../context.ts";

export const feedCommand: Registration = (program, run) => {
  const feed = program
    .command("feed")
    .description("rebuild feed files, or withdraw a post from them")
    .addHelpText(
      "after",
      "\nExamples:\n  postrider feed build\n  postrider feed build --out dist/feeds\n  postrider feed withdraw content/posts/hello.md",
    );
  feed
    .command("build")
    .description("write every feed file that has changed")
    .option("--out <dir>", "write to this folder instead of the configured one")
    .addHelpText("after", "\nAlso updates addresses in the feeds when the site or its permalinks have changed.")
    .action(run(build));
  feed
    .command("withdraw")
    .argument("<post>", "its file, its permalink, or its id from `status --json`")
    .description("show a post as withdrawn in every feed for 30 days, then remove it")
    .action(run(withdraw));
};

async function build(context: Context, { out }: { out?: string }): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const answer = await act(context, app, buildFeeds, { out });
  const { files, feeds } = answer;
  await announce(context, app);
  if (terminal.json) terminal.printJson(documentOf(buildFeeds, answer));
  for (const file of files) terminal.print(shortPath(file));
  terminal.note(`${plural(files.length, "file")} of ${plural(feeds, "feed")}`);
  return exit.ok;
}

async function withdraw(context: Context, post: string): Promise<number> {
  const { terminal } = context;
  await using app = await context.app(await context.site());
  const answer = await act(context, app, withdrawItem, { post });
  await announce(context, app);
  if (terminal.json) terminal.printJson(answer);
  terminal.print(
    `${answer.post} is shown as withdrawn in ${answer.withdrawn.join(", ")}. Feed readers that have the post replace it.`,
  );
  return exit.ok;
}
