/** `subscribers`: manages the people on the lists. */

import type { Registration } from "../context.ts";
import { registerAdd } from "./subscribers-add.ts";
import { registerChange } from "./subscribers-change.ts";
import { registerExport } from "./subscribers-export.ts";
import { registerImport } from "./subscribers-import.ts";
import { registerList } from "./subscribers-list.ts";
import { registerShow } from "./subscribers-show.ts";

export const subscribersCommand: Registration = (program, run) => {
  const command = program
    .command("subscribers")
    .description("import, export, list, count, add, remove, show, suppress or forget subscribers")
    .addHelpText(
      "after",
      `
Examples:
  postrider subscribers import readers.csv --list everyone
  postrider subscribers add ada@example.org --list everyone --name Ada
  postrider subscribers count
  postrider subscribers list --list everyone --state unsubscribed
  postrider subscribers show ada@example.org
  postrider subscribers export > readers.csv`,
    );
  registerImport(command, run);
  registerAdd(command, run);
  registerChange(command, run);
  registerShow(command, run);
  registerList(command, run);
  registerExport(command, run);
};
