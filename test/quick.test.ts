/** `npm run test:quick` holds what it should, and nothing else. */

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { quickTests } from "./support/quick.ts";
import { tempDir } from "./support/temp.ts";

it("finds quick tests by their imports, including helpers, and ignores types", () => {
  const root = tempDir();
  const files = {
    "plain.test.ts": 'import { ten } from "./support/numbers.ts";\n',
    "types.test.ts": 'import type { App } from "#app.ts";\nimport { ten } from "./support/numbers.ts";\n',
    "process.test.ts": 'import { spawn } from "node:child_process";\n',
    "helped.test.ts": 'import { many } from "./support/many.ts";\n',
    // Written in parts, so that this file is not taken for one that needs them.
    "late.test.ts": `const app = await ${"import"}("#app.ts");\n`,
    "given.test.ts": `const url = ${"inject"}("postgresUrl");\n`,
    "support/numbers.ts": "export const ten = 10;\n",
    "support/many.ts":
      'import {\n  ten,\n} from "./numbers.ts";\nimport pg from "pg";\nexport const many = [ten, pg];\n',
  };
  for (const [name, text] of Object.entries(files)) {
    const file = join(root, "test", name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  expect(quickTests(root)).toEqual(["test/plain.test.ts", "test/types.test.ts"]);
});

it("prevents a quick test from using what it should not need", () => {
  // Asked of Node in words that don't make this file one that needs them.
  const { spawn } = process.getBuiltinModule("node:child_process");
  const { connect, createServer } = process.getBuiltinModule("node:net");
  for (const open of [() => spawn("true"), () => connect(9), () => createServer().listen(0)])
    expect(open).toThrow("A quick test");
});
