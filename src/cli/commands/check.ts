/** `check`: reads posts, renders them for every medium, and reports problems. Sends nothing and needs no database. */

import { Option } from "commander";
import { openChecks, rulesTable, type SiteContext, suggestPreset, suggestSettings } from "#app.ts";
import { rulesSummary, totals } from "#cli/reports/check-report.ts";
import { diagnosticLine, shortPath } from "#cli/reports/diagnostics.ts";
import { stepProgress } from "#cli/reports/progress.ts";
import { suggestionLine } from "#cli/reports/suggestion.ts";
import { perform } from "#desk/act.ts";
import { type CheckAnswer, type CheckFollowing, checkPosts, leftOutLines } from "#desk/posts/check.ts";
import { documentOf, operator } from "../act.ts";
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
      new Option("--fail-on <severity>", "the lowest severity that gives exit status 1")
        .choices(["error", "warning"])
        .default("error"),
    )
    .option("--links", "also check over the network that linked pages exist")
    .option("--no-cache", "check every post again, without stored results")
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
  let step: ReturnType<typeof stepProgress> | null = null;
  let done = 0;
  const following: CheckFollowing = {
    ...{ shortPath, stop: signals.stop },
    checked({ path, diagnostics, leftOut }, of) {
      for (const diagnostic of diagnostics) terminal.print(diagnosticLine(terminal, path, diagnostic));
      for (const line of leftOutLines(leftOut)) terminal.print(terminal.style("dim", `${path}: ${line}`));
      step ??= stepProgress(terminal, of, "post");
      step(++done);
    },
  };
  const asked = { posts: paths, links: options.links, cache: options.cache };
  const answer = await perform(checkPosts, asked, operator, { ...(await openChecks(site)), ...following });
  for (const [path, diagnostics] of answer.compared)
    for (const diagnostic of diagnostics) terminal.print(diagnosticLine(terminal, path, diagnostic));
  return report(context, answer, site, options);
}

async function report({ terminal, signals }: Context, answer: CheckAnswer, site: SiteContext, { failOn }: Options) {
  const { posts } = answer;
  const document = documentOf(checkPosts, answer);
  const { rules } = document;
  const { content } = site.config;
  const { timezone } = site.config.site;
  const suggestion =
    content.preset === "plain" ? await suggestPreset(content.dir, timezone) : await suggestSettings(content, timezone);
  const failed =
    posts.some(({ title }) => title === null) ||
    rules.some(({ severity }) => severity === "error" || severity === failOn) ||
    signals.stop.aborted;
  if (terminal.json) terminal.printJson({ ...document, ...(suggestion && { suggestion }) });
  else {
    if (rules.length > 1 && posts.length > 1) terminal.print(`\n${rulesSummary(terminal, rules)}\n`);
    if (suggestion) terminal.note(suggestionLine(suggestion, content.preset));
    terminal.print(`${failed ? "✗" : "✓"} ${totals(posts)}`);
  }
  return failed ? exit.trouble : exit.ok;
}
