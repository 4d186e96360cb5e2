/** `init`: writes a working site, or sets up an existing blog. Never overwrites a file. */

import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Blog, recogniseBlog, type Suggestion, suggestPreset } from "#app.ts";
import { shortPath } from "#cli/reports/diagnostics.ts";
import { suggestionLine } from "#cli/reports/suggestion.ts";
import { plural, type Terminal } from "#cli/terminal/terminal.ts";
import { type AdoptedSite, adoptedSite, feedsReason } from "../adopted-site.ts";
import { type Context, exit, type Registration } from "../context.ts";
import { type Files, isThere, openWritten } from "../new-files.ts";

/** Must not be committed: secrets, and the data folder with the readers' addresses. */
const ignored = ".env\n.postrider/\npreview/\n";

/** The parts of a site: three folders, the configuration, and an example for the file with secrets. */
const parts = ["postrider.yaml", ".env.example", "content", "templates", "jobs"];

export const initCommand: Registration = (program, run) => {
  program
    .command("init")
    .argument("[dir]", "the folder; default: the current one", ".")
    .option("--no-adopt", "write the sample site, even if the folder contains a blog")
    .description("create a site with configuration, sample post, templates and jobs, or set up an existing blog")
    .addHelpText(
      "after",
      "\nExamples:\n  postrider init blog && cd blog && postrider check\n  cd my-hugo-site && postrider init && postrider check",
    )
    .action(run(init));
};

async function init(context: Context, dir: string, { adopt }: { adopt: boolean }): Promise<number> {
  const target = resolve(dir);
  // Before we write our own files into the folder.
  const blog = adopt ? await recogniseBlog(target) : null;
  const suggestion = await suggestPreset(target);
  return blog ? adoptBlog(context, target, blog, suggestion) : writeSample(context, target, suggestion);
}

async function writeSample({ terminal }: Context, target: string, suggestion: Suggestion | null): Promise<number> {
  const written = openWritten(target);
  await written.copy(parts);
  await written.text(".gitignore", ignored);
  if (terminal.json) terminal.printJson({ dir: target, ...written.files, suggestion });
  else {
    printFiles(terminal, written.files);
    if (suggestion) terminal.print(`\n${suggestionLine(suggestion)}`);
    terminal.print(
      `\nNext: replace the sample values in ${shortPath(join(target, "postrider.yaml"))}, then \`postrider check\`.`,
    );
  }
  return exit.ok;
}

async function adoptBlog(
  { terminal }: Context,
  target: string,
  blog: Blog,
  suggestion: Suggestion | null,
): Promise<number> {
  const site = adoptedSite(blog, target);
  const written = openWritten(target);
  await written.text("postrider.yaml", site.text);
  // A folder with this name belongs to the site generator.
  const hasTheme = await isThere(join(target, "templates"));
  await written.copy([".env.example", "jobs", ...(hasTheme ? [] : ["templates"])]);
  await written.text(".gitignore", ignored);
  const advice = [...blog.advice, ...(await secretsAdvice(target))];
  const { preset, generator, found, facts, posts, feeds } = blog;
  if (terminal.json) {
    const adopted = { preset, generator, found, facts, posts, feeds, unread: site.unread, advice };
    terminal.printJson({ dir: target, ...written.files, suggestion, adopted });
    return exit.ok;
  }
  terminal.print(blogText(terminal, blog));
  terminal.print("");
  printFiles(terminal, written.files);
  terminal.print(`\n${nextText(blog, site, written.files.kept.includes("postrider.yaml"), advice)}`);
  return exit.ok;
}

function blogText(terminal: Terminal, blog: Blog): string {
  const { generator, preset, found, facts, posts, feeds } = blog;
  const row = (name: string, value: string, from: string): string =>
    `  ${name.padEnd(12)}${value}${terminal.style("dim", `  (${from})`)}`;
  return [
    `Recognised ${generator} (${found.join(", ")}). Postrider reads the posts in place and writes no sample posts.`,
    row("preset", preset, found[0] ?? ""),
    ...Object.entries(facts).map(([name, { value, file }]) => row(name, value, file)),
    ...(posts ? [row("posts", posts.folder, plural(posts.files, "file"))] : []),
    row("feeds", feeds.folder, feedsReason(blog)),
  ].join("\n");
}

function nextText({ generator }: Blog, { unread }: AdoptedSite, kept: boolean, advice: readonly string[]): string {
  const fill = kept
    ? "postrider.yaml already exists and was not changed. Compare it with the values above."
    : `Not found in the files of ${generator}: ${unread.join(", ")}. Look for "fill in" in postrider.yaml.`;
  return [fill, ...advice, "Next: `postrider check`."].join("\n");
}

async function secretsAdvice(target: string): Promise<string[]> {
  const lines = (await readFile(join(target, ".gitignore"), "utf8")).split(/\r?\n/).map((line) => line.trim());
  const missing = [".env", ".postrider/"].filter(
    (name) => !lines.some((line) => line.replace(/^\/|\/$/g, "") === name.replace(/\/$/, "")),
  );
  return missing.length > 0 ? [`Add to .gitignore: ${missing.join(" ")}`] : [];
}

function printFiles(terminal: Terminal, { written, kept }: Files): void {
  for (const file of written) terminal.print(`  ${terminal.style("green", "+")} ${file}`);
  for (const file of kept) terminal.print(terminal.style("dim", `  = ${file} (already exists, not changed)`));
}
