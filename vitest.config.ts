import { defineConfig } from "vitest/config";

export default defineConfig({
  // `#core/…` resolves to the sources, as it does for `node --conditions=source`.
  ssr: { resolve: { conditions: ["source"], externalConditions: ["source"] } },
  resolve: { conditions: ["source"] },
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/start-servers.ts"],
    // Only to end what hangs: a busy machine may be ten times slower, and no test is about speed.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    maxWorkers: 2,
    expect: { requireAssertions: true },
  },
});
