/** The tests that mutants are tried on: all that run in the process itself. A program that a test starts knows nothing of the mutant. */

import { matchesGlob, relative } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const tests = process.env["MUTANTS_TESTS"]?.split(",") ?? [];

/** As in the area's list, which begins with the quick ones: most mutants are noticed by these, and the rest need not run. */
class AsListed extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number =>
      tests.findIndex((test) => matchesGlob(relative(this.ctx.config.root, moduleId), test));
    return files.toSorted((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  ssr: { resolve: { conditions: ["source"], externalConditions: ["source"] } },
  resolve: { conditions: ["source"] },
  test: {
    include: tests,
    globalSetup: ["test/support/start-servers.ts"],
    testTimeout: 60_000,
    isolate: false,
    sequence: { sequencer: AsListed },
    env: { TEST_BACKEND: process.env["TEST_BACKEND"] ?? "postgres" },
  },
});
