/** `check`: reads posts, renders every medium, reports what is wrong. Sends nothing and needs no database. */

import { stat } from "node:fs/promises";
import { resolve, sep } from "node:path";
import { Option } from "commander";
import {
  channelsNamed,
  comparePosts,
  linksWithin,
  lookForPictures,
  openDeadLinks,
  openPostChecks,
  rulesTable,
  type SiteContext,
  suggestPreset,
  suggestSettings,
  switched,
} from "#app.ts";
import { type CheckedPost, checkedPost, countRules, rulesSummary, totals } from "#cli/reports/check-report.ts";
import { diagnosticLine, shortPath } from "#cli/reports/diagnostics.ts";
import { stepProgress } from "#cli/reports/progress.ts";
import { suggestionLine } from "#cli/reports/suggestion.ts";
import { messageOf } from "#core/errors.ts";
import type { Reading } from "#core/posts/content.ts";
import type { Diagnostic } from "#core/posts/diagnostic.ts";
import type { Channel } from "#core/publishing/publication.ts";
import { leftOutLines, leftOutOf } from "#pipeline/publishing/left-out.ts";
import { checkNote, misspeltNetworks, toldOnce } from "#pipeline/renditions/check-note.ts";
import { noteFit, openRenditions } from "#pipeline/renditions/renditions.ts";
import { type Context, exit, type Registration } from "../context.ts";

interface Options {
  failOn: "error" | "warning";
  links?: boolean;
  rules?: boolean;
  cache: boolean;
}

export const checkCommand: Registration = (program, run) => {
  program
    .command("check")
    .argument("[paths...]", "posts, or folders of posts; default: the content folder")
    .addOption(
      new Option("--fail-on <severity>", "what makes the exit status 1").choices(["error", "warning"]).default("error"),
    )
    .option("--links", "also check over the network that linked pages exist")
    .option("--no-cache", "read every post again")
    .option("--rules", "list the rules as a Markdown table")
    .description("read and render posts, and report problems as file:line")
    .addHelpText(
      "after",
      "\nExamples:\n  postrider check\n  postrider check content/posts/hello.md --json\n  postrider check --fail-on warning --links",
    )
    .action(run(check));
};

async function check(context: Context, paths: string[], options: Options): Promise<number> {
  const { terminal, signals } = context;
  if (options.rules) {
    if (terminal.json) terminal.printJson({ rules: rulesTable() });
    else terminal.print(rulesTable());
    return exit.ok;
  }
  const site = await context.site();
  const channels = channelsNamed(site, undefined, { dummies: true });
  const cache = await openPostChecks<CheckedPost>(site, channels);
  const render = openRenditions(site.renderer, site.adapters, {
    styleOf: (name) => channels.find((channel) => channel.name === name)?.style ?? {},
  });
  const deadLinks = options.links ? openDeadLinks() : null;
  const files = await filesOf(paths, site);
  const progress = stepProgress(terminal, files.length, "post");
  const posts: CheckedPost[] = [];
  for (const file of files) {
    if (signals.stop.aborted) break;
    const read = async () => {
      const { changesAt, sources, ...reading } = await readRendered(file, site, channels, render);
      const dead = deadLinks && reading.post ? await deadLinks(reading.post, signals.stop) : [];
      const value = checkedPost(
        { ...reading, diagnostics: [...reading.diagnostics, ...dead] },
        {
          links: reading.post ? linksWithin(reading.post) : [],
          leftOut: reading.post ? leftOutOf(reading.post, channels) : {},
        },
      );
      return { value, sources, changesAt };
    };
    // Pages die without any change of the post.
    const isCached = options.cache && !deadLinks;
    const post = isCached ? await cache.through(resolve(site.config.dir, file), read) : (await read()).value;
    posts.push({ ...post, path: shortPath(file) });
    for (const diagnostic of post.diagnostics) terminal.print(diagnosticLine(terminal, file, diagnostic));
    for (const line of leftOutLines(post.leftOut)) terminal.print(terminal.style("dim", `${shortPath(file)}: ${line}`));
    progress(posts.length);
  }
  if (options.cache && !deadLinks) await save(cache, paths.length === 0 && !signals.stop.aborted, site);

  const byPath = new Map(posts.map((post) => [post.path, post]));
  for (const [path, diagnostics] of compared(posts, site)) {
    const post = byPath.get(path);
    post?.diagnostics.push(...diagnostics);
    for (const diagnostic of diagnostics) terminal.print(diagnosticLine(terminal, path, diagnostic));
    if (post && post.status !== "draft" && diagnostics.some(({ severity }) => severity === "error"))
      post.status = "held";
  }
  return report(context, posts, site, options);
}

async function report(
  { terminal, signals }: Context,
  posts: readonly CheckedPost[],
  site: SiteContext,
  { failOn }: Options,
) {
  const rules = countRules(posts);
  const { content } = site.config;
  const { timezone } = site.config.site;
  const suggestion =
    content.preset === "plain" ? await suggestPreset(content.dir, timezone) : await suggestSettings(content, timezone);
  const failed =
    posts.some(({ title }) => title === null) ||
    rules.some(({ severity }) => severity === "error" || severity === failOn) ||
    signals.stop.aborted;
  if (terminal.json)
    terminal.printJson({ posts: posts.map(({ links: _, ...post }) => post), rules, ...(suggestion && { suggestion }) });
  else {
    if (rules.length > 1 && posts.length > 1) terminal.print(`\n${rulesSummary(terminal, rules)}\n`);
    if (suggestion) terminal.note(suggestionLine(suggestion, content.preset));
    terminal.print(`${failed ? "✗" : "✓"} ${totals(posts)}`);
  }
  return failed ? exit.trouble : exit.ok;
}

/** Posts as they were named; for a folder, those of the content folder that lie in it. */
async function filesOf(paths: readonly string[], site: SiteContext): Promise<string[]> {
  if (paths.length === 0) return site.content.list();
  const files: string[] = [];
  for (const path of paths) {
    const full = resolve(site.config.dir, path);
    const isFolder = await stat(full).then(
      (facts) => facts.isDirectory(),
      () => false,
    );
    const inside = isFolder ? (await site.content.list()).filter((file) => file.startsWith(full + sep)) : [];
    files.push(...(inside.length > 0 ? inside : [path]));
  }
  return files;
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
  const names = [...site.adapters.keys(), ...channels.map(({ name }) => name)];
  const { missing, files } = await lookForPictures(post, site);
  const found = misspeltNetworks(post, names);
  const problems: Diagnostic[] = [];
  const leftOut = leftOutOf(post, channels);
  for (const channel of channels.filter(({ name }) => !Object.hasOwn(leftOut, name)))
    try {
      const rendition = await render(post, { ...channel, channel: channel.name });
      const adapter = site.adapters.get(channel.adapter);
      if (rendition.medium === "note" && adapter)
        found.push(...checkNote(rendition, post, noteFit(channel.name, adapter, channel.style ?? {})));
    } catch (error) {
      problems.push({
        severity: "error",
        code: "render",
        line: post.bodyLine,
        message: `${channel.name}: ${messageOf(error)}`,
      });
    }
  const switches = new Map(Object.entries(site.config.content.checks ?? {}));
  const kept = found.flatMap((each) => switched(each, switches) ?? []);
  const gone = missing.flatMap((each) => switched(each, switches) ?? []);
  return {
    ...reading,
    sources: [...(reading.sources ?? []), ...files],
    // What isn't there may come, and no file says when.
    ...(missing.length > 0 && { changesAt: site.clock.now().toISOString() }),
    diagnostics: [...reading.diagnostics, ...gone, ...toldOnce([...kept, ...problems])],
  };
}

function compared(posts: readonly CheckedPost[], site: SiteContext): Map<string, Diagnostic[]> {
  const known = posts.flatMap(({ path, title, url, status, links }) =>
    title && url ? [{ path, title, url, status, links }] : [],
  );
  return comparePosts(known, new Map(Object.entries(site.config.content.checks ?? {})));
}

/** Without the cache everything works, only slower. */
async function save(
  cache: Awaited<ReturnType<typeof openPostChecks>>,
  complete: boolean,
  { log }: SiteContext,
): Promise<void> {
  try {
    await cache.save({ complete });
  } catch (error) {
    log.warn("the check results can't be saved", { error: messageOf(error) });
  }
}
