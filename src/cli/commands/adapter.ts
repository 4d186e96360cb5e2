/** `adapter test`: tests the operator's own adapter against the contract that all built-in adapters fulfil. */

import { resolve } from "node:path";
import { type TriedCase, tryAdapter } from "#app.ts";
import { shortPath } from "#cli/reports/diagnostics.ts";
import { plural } from "#cli/terminal/terminal.ts";
import { type Context, exit, type Registration } from "../context.ts";

export const adapterCommand: Registration = (program, run) => {
  const adapter = program.command("adapter").description("test your own adapter");
  adapter
    .command("test")
    .argument("<file>", "a JavaScript or TypeScript file whose default export is an adapter")
    .description("test it against the contract that every adapter must meet")
    .addHelpText("after", "\nExample:\n  postrider adapter test adapters/my-network.js")
    .action(run(test));
};

async function test({ terminal }: Context, path: string): Promise<number> {
  const cases: TriedCase[] = [];
  const marks = {
    passed: terminal.style("green", "✓"),
    failed: terminal.style("red", "✗"),
    skipped: terminal.style("dim", "–"),
  };
  const name = await tryAdapter(resolve(path), (each) => {
    cases.push(each);
    const reason = each.reason ? `: ${each.reason}` : "";
    terminal.print(`${marks[each.outcome]} ${each.name}${reason.replaceAll("\n", "\n    ")}`);
  });
  const failed = cases.filter(({ outcome }) => outcome === "failed").length;
  if (terminal.json) terminal.printJson({ adapter: name, file: path, cases });
  else
    terminal.print(
      failed === 0
        ? `\n${name} meets the contract. Add it to postrider.yaml: adapter: ./${shortPath(resolve(path))}`
        : `\n${name} breaks the contract in ${plural(failed, "case")}.`,
    );
  return failed === 0 ? exit.ok : exit.trouble;
}
