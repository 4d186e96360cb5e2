/** `check`: reads posts, renders every medium, reports what is wrong. Sends nothing and needs no database. */

import { channelsNamed, type SiteContext } from "#app.ts";
import type { Reading } from "#core/content.ts";
import type { Diagnostic } from "#core/diagnostic.ts";
import { messageOf } from "#core/errors.ts";
import type { Channel } from "#core/publication.ts";
import { openRenditions } from "#pipeline/renditions.ts";
import { type Context, exit, type Registration } from "../context.ts";
import { diagnosticLine, hasErrors, shortPath, totals } from "../diagnostics.ts";

export const checkCommand: Registration = (program, run) => {
  program
    .command("check")
    .argument("[paths...]", "posts; default: the content folder")
    .description("read posts, render every medium, report problems as file:line")
    .addHelpText("after", "\nExamples:\n  postrider check\n  postrider check content/posts/hello.md --json")
    .action(run(check));
};

async function check(context: Context, paths: string[]): Promise<number> {
  const { terminal } = context;
  const site = await context.site();
  const channels = channelsNamed(site, undefined, { dummies: true });
  const render = openRenditions(site.renderer, site.adapters);
  const readings: Reading[] = [];
  for (const path of paths.length > 0 ? paths : await site.content.list()) {
    const reading = await readRendered(path, site, channels, render);
    readings.push(reading);
    for (const diagnostic of reading.diagnostics) terminal.print(diagnosticLine(terminal, path, diagnostic));
  }
  const failed = readings.some(hasErrors);
  if (terminal.json) terminal.printJson({ posts: readings.map(postJson) });
  else terminal.print(`${failed ? "✗" : "✓"} ${totals(readings)}`);
  return failed ? exit.trouble : exit.ok;
}

/** What can't be rendered can't be sent: that is an error of the post, too. */
async function readRendered(
  path: string,
  site: SiteContext,
  channels: readonly Channel[],
  render: ReturnType<typeof openRenditions>,
): Promise<Reading> {
  const reading = await site.content.read(path);
  const { post } = reading;
  if (!post) return reading;
  const problems: Diagnostic[] = [];
  for (const channel of channels)
    try {
      await render(post, { ...channel, channel: channel.name });
    } catch (error) {
      problems.push({
        severity: "error",
        code: "render",
        line: post.bodyLine,
        message: `${channel.name}: ${messageOf(error)}`,
      });
    }
  return { ...reading, diagnostics: [...reading.diagnostics, ...problems] };
}

function postJson({ path, post, diagnostics }: Reading): unknown {
  return {
    path: shortPath(path),
    title: post?.title ?? null,
    url: post?.url ?? null,
    publishedAt: post?.publishedAt ?? null,
    summary: post?.summary.text ?? null,
    status: post?.status ?? "held",
    diagnostics,
  };
}
