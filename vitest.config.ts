import { configDefaults, defineConfig } from "vitest/config";
import { quickTests } from "./test/support/quick.ts";

const quick = quickTests(import.meta.dirname);

export default defineConfig({
  // `#core/…` resolves to the sources, as it does for `node --conditions=source`.
  ssr: { resolve: { conditions: ["source"], externalConditions: ["source"] } },
  resolve: { conditions: ["source"] },
  test: {
    // Only to end what hangs: a busy machine may be ten times slower, and no test is about speed.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    maxWorkers: 2,
    // Each file in a process of its own would load the application a hundred times over.
    isolate: false,
    expect: { requireAssertions: true },
    projects: [
      {
        extends: true,
        test: { name: "quick", include: quick, setupFiles: ["test/support/closed.ts"] },
      },
      {
        extends: true,
        test: {
          name: "full",
          include: ["test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, ...quick],
          globalSetup: ["test/support/start-servers.ts"],
        },
      },
    ],
  },
});
