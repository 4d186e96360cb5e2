/** `preview`: writes every rendition to files. Makes no connections, so it needs no credentials. */

import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { openPreview, sitePorts } from "#app.ts";
import { diagnosticLine, shortPath } from "#cli/reports/diagnostics.ts";
import { perform } from "#desk/act.ts";
import { leftOutLines } from "#desk/posts/check.ts";
import { previewPost } from "#desk/posts/preview.ts";
import { makeFolder } from "#files/make-folder.ts";
import { operator } from "../act.ts";
import { type Context, exit, type Registration } from "../context.ts";

export const previewCommand: Registration = (program, run) => {
  program
    .command("preview")
    .argument("<post>", "a Markdown file")
    .option("--out <dir>", "the folder to write to", "preview")
    .description("write the email, the feed item and the social posts to files; send nothing")
    .addHelpText("after", "\nExample:\n  postrider preview content/posts/hello.md --out preview")
    .action(run(writePreview));
};

async function writePreview(context: Context, path: string, options: { out: string }): Promise<number> {
  const { terminal } = context;
  const site = await context.site();
  const ports = { ...sitePorts(site), ...openPreview(site) };
  const { reading, leftOut, files } = await perform(previewPost, { post: path }, operator, ports);
  const { post, diagnostics } = reading;
  for (const diagnostic of diagnostics) terminal.note(diagnosticLine(terminal, path, diagnostic));
  if (!post) {
    if (terminal.json) terminal.printJson({ dir: null, files: [], diagnostics });
    return exit.trouble;
  }
  for (const line of leftOutLines(leftOut)) terminal.note(`${shortPath(path)}: ${line}`);
  const dir = resolve(options.out);
  makeFolder(dir);
  for (const [name, content] of files) await writeFile(join(dir, name), content);
  if (terminal.json) terminal.printJson({ dir, files: [...files.keys()], leftOut, diagnostics });
  else for (const name of files.keys()) terminal.print(shortPath(join(dir, name)));
  return exit.ok;
}
