/** `init`: writes a working site, and never over a file that is there. */

import { constants } from "node:fs";
import { copyFile, readdir, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { packageDir, suggestPreset } from "#app.ts";
import { makeFolder } from "#files/make-folder.ts";
import { type Context, exit, type Registration } from "../context.ts";
import { shortPath } from "../diagnostics.ts";
import { suggestionLine } from "../suggestion.ts";

/** Never to be committed: secrets, and the data folder with everybody's addresses. */
const ignored = ".env\n.postrider/\npreview/\n";

/** What a site is made of: the three folders of the operator, the configuration, and where secrets go. */
const parts = ["postrider.yaml", ".env.example", "content", "templates", "jobs"];

export const initCommand: Registration = (program, run) => {
  program
    .command("init")
    .argument("[dir]", "where; default: here", ".")
    .description("write a working site: configuration, a sample post, templates, jobs")
    .addHelpText("after", "\nExample:\n  postrider init blog && cd blog && postrider check")
    .action(run(init));
};

async function init({ terminal }: Context, dir: string): Promise<number> {
  const target = resolve(dir);
  // Before our own files are among them.
  const suggestion = await suggestPreset(target);
  const written: string[] = [];
  const kept: string[] = [];
  for (const file of (await Promise.all(parts.map(filesOf))).flat()) {
    const to = join(target, file);
    makeFolder(dirname(to));
    ((await isNew(() => copyFile(join(packageDir, file), to, constants.COPYFILE_EXCL))) ? written : kept).push(file);
  }
  const gitignore = join(target, ".gitignore");
  ((await isNew(() => writeFile(gitignore, ignored, { flag: "wx" }))) ? written : kept).push(".gitignore");
  if (terminal.json) terminal.printJson({ dir: target, written, kept, suggestion });
  else {
    for (const file of written) terminal.print(`  ${terminal.style("green", "+")} ${file}`);
    for (const file of kept) terminal.print(terminal.style("dim", `  = ${file} (was there and stays)`));
    if (suggestion) terminal.print(`\n${suggestionLine(suggestion)}`);
    terminal.print(
      `\nNext: put your own names into ${shortPath(join(target, "postrider.yaml"))}, then \`postrider check\`.`,
    );
  }
  return exit.ok;
}

async function filesOf(part: string): Promise<string[]> {
  const path = join(packageDir, part);
  if (!(await stat(path)).isDirectory()) return [part];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.map((file) => file.slice(packageDir.length)).sort();
}

/** Whether a file was written: one that is there stays as it is. */
async function isNew(write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
