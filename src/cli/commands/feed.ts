/** `feed`: the files of the feeds written anew, or a post taken back in them. */

import { resolve } from "node:path";
import { type App, channelsOf } from "#app.ts";
import { shortPath } from "#cli/reports/diagnostics.ts";
import { plural } from "#cli/terminal/terminal.ts";
import { PostriderError } from "#core/errors.ts";
import type { Channel } from "#core/publishing/publication.ts";
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
  const site = await context.site();
  const feeds = channelsOf(site, "feed");
  await using app = await context.app(site);
  const files = [];
  for (const channel of feeds) files.push(...(await rebuild(app, out ? withOut(channel, out) : channel)));
  await announce(context, app);
  if (context.terminal.json) context.terminal.printJson({ files });
  for (const file of files) context.terminal.print(shortPath(file));
  context.terminal.note(`${plural(files.length, "file")} of ${plural(feeds.length, "feed")}`);
  return exit.ok;
}

async function withdraw(context: Context, named: string): Promise<number> {
  const site = await context.site();
  await using app = await context.app(site);
  const { post } = await site.content.read(named);
  const candidates = post ? [post.id, post.url] : [named];
  const names = new Set<string>();
  for (const candidate of candidates) for (const name of await app.withdrawItems(candidate)) names.add(name);
  if (names.size === 0)
    throw new PostriderError("not_found", `No feed contains "${named}", or it is already withdrawn`, {
      hint: "`postrider status --json` shows the ids of posts.",
    });
  for (const channel of channelsOf(site, "feed")) if (names.has(channel.name)) await rebuild(app, channel);
  await announce(context, app);
  const id = post?.id ?? named;
  if (context.terminal.json) context.terminal.printJson({ post: id, withdrawn: [...names] });
  context.terminal.print(
    `${id} is shown as withdrawn in ${[...names].join(", ")}. Feed readers that have the post replace it.`,
  );
  return exit.ok;
}

function withOut(channel: Channel, out: string): Channel {
  return { ...channel, config: { ...(channel.config as object), out: resolve(out) } };
}

async function rebuild(app: App, channel: Channel): Promise<string[]> {
  await using transport = await app.openChannel(channel);
  return app.feeds.rebuild(channel, transport, true);
}
