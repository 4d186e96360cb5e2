/** `schema`: prints the JSON Schema of `postrider.yaml`, for editors. Needs neither a site nor a connection. */

import { loadAdapters, siteJsonSchema } from "#app.ts";
import { type Context, exit, type Registration } from "../context.ts";

export const schemaCommand: Registration = (program, run) => {
  program
    .command("schema")
    .description("print the JSON Schema of postrider.yaml; `jobs schema` prints that of job files")
    .addHelpText(
      "after",
      `
Example:
  postrider schema > postrider.schema.json
  # and above postrider.yaml:  # yaml-language-server: $schema=postrider.schema.json`,
    )
    .action(run(schema));
};

async function schema({ terminal }: Context): Promise<number> {
  const written = siteJsonSchema((await loadAdapters()).values());
  if (terminal.json) terminal.printJson(written);
  else terminal.print(JSON.stringify(written, null, 2));
  return exit.ok;
}
