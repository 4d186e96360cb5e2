import { configDefaults, defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { quickTests } from "./test/support/quick.ts";

const quick = quickTests(import.meta.dirname);

/** The longest at first: one that begins last keeps one core waiting for the other. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isScenario = ({ moduleId }: TestSpecification): boolean => moduleId.includes("/test/scenarios/");
    const isQuick = ({ project }: TestSpecification): boolean => project.name === "quick";
    const rank = (file: TestSpecification): number => (isScenario(file) ? 0 : isQuick(file) ? 2 : 1);
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  // `#core/…` resolves to the sources, as it does for `node --conditions=source`.
  ssr: { resolve: { conditions: ["source"], externalConditions: ["source"] } },
  resolve: { conditions: ["source"] },
  test: {
    // Only to end what hangs: a busy machine may be ten times slower, and no test is about speed.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // One more than the two cores of CI: a test that waits for a process, a relay or a timer leaves its core to another.
    maxWorkers: 3,
    // Each file in a process of its own would load the application a hundred times over.
    isolate: false,
    // `expect.poll` would give up after a second.
    expect: { requireAssertions: true, poll: { timeout: 60_000 } },
    // A package of the assistants' client has TypeScript under the condition "source", which Node does not read in packages.
    server: { deps: { inline: [/eventsource-parser/, /modelcontextprotocol\/sdk\/dist\/esm\/client/] } },
    sequence: { sequencer: LongestFirst },
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
