/** What can't be undone is asked once on a terminal, and never where nobody could answer. */

import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { type Answer, confirm } from "#cli/terminal/confirm.ts";

async function asked(answer: string | null, given: { yes?: boolean; json?: boolean; isTTY?: boolean } = {}) {
  const input = Object.assign(new PassThrough(), { isTTY: given.isTTY ?? true });
  const output = new PassThrough();
  let shown = "";
  output.on("data", (chunk: Buffer) => {
    shown += chunk;
    if (!String(chunk).endsWith("[y/N] ")) return;
    if (answer === null) input.end();
    else input.write(`${answer}\n`);
  });
  const said: Answer = await confirm("Forget ada@example.org?", { json: false, ...given }, { input, output });
  return { said, shown };
}

it("accepts only a yes, and treats the end of the input as no", async () => {
  for (const [answer, said] of [
    ["y", "yes"],
    [" Yes", "yes"],
    ["", "no"],
    ["n", "no"],
    ["maybe", "no"],
    [null, "no"],
  ] as const)
    expect(await asked(answer)).toMatchObject({
      said,
      shown: expect.stringContaining("Forget ada@example.org? [y/N] "),
    });
});

it("asks nothing with --yes, without a terminal, or with --json", async () => {
  expect(await asked("n", { yes: true })).toEqual({ said: "yes", shown: "" });
  expect(await asked("n", { isTTY: false })).toEqual({ said: "nobody", shown: "" });
  expect(await asked("n", { json: true })).toEqual({ said: "nobody", shown: "" });
});
