/** The tests that mutants are tried on: all that run in the process itself. A program that a test starts knows nothing of the mutant. */

import { defineConfig } from "vitest/config";

const tests = process.env["MUTANTS_TESTS"]?.split(",") ?? [];

export default defineConfig({
  ssr: { resolve: { conditions: ["source"], externalConditions: ["source"] } },
  resolve: { conditions: ["source"] },
  test: {
    include: tests,
    globalSetup: ["test/support/start-servers.ts"],
    testTimeout: 60_000,
    isolate: false,
    env: { TEST_BACKEND: "postgres" },
  },
});
