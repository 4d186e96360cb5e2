/** What is changed in turn, and the tests that have to notice it. */

export interface Area {
  /** How many of a hundred mutants the tests must notice. */
  bar: number;
  sources: readonly string[];
  tests: readonly string[];
}

const conversation = ["src/smtp/session/**/*.ts", "src/smtp/message/compile.ts"];
const sending = ["src/pipeline/sending/**/*.ts", "src/store/sending/**/*.ts", "src/store/ledger/**/*.ts"];
const withoutSending = [...conversation, ...sending].map((glob) => `!${glob}`);

/** Tests that do all in the process itself: a program that a test starts knows nothing of the mutant. */
export const areas: Readonly<Record<string, Area>> = {
  conversation: {
    bar: 85,
    sources: conversation,
    tests: [
      ...["test/smtp/**", "test/adapters/smtp.test.ts"],
      ...["test/attacks/mail-path.test.ts", "test/attacks/endless-answers.test.ts"],
    ],
  },
  sending: { bar: 85, sources: sending, tests: ["test/pipeline/**", "test/store/**"] },
  pipeline: {
    bar: 75,
    sources: ["src/pipeline/**/*.ts", ...withoutSending],
    tests: ["test/pipeline/**", "test/http/**", "test/adapters/republish.test.ts", "test/index.test.ts"],
  },
  smtp: {
    bar: 75,
    sources: ["src/smtp/**/*.ts", ...withoutSending],
    tests: ["test/smtp/**", "test/mailbox/**", "test/adapters/smtp.test.ts", "test/attacks/bounce-forger.test.ts"],
  },
  store: {
    bar: 75,
    sources: ["src/store/**/*.ts", ...withoutSending],
    tests: ["test/store/**", "test/pipeline/**", "test/http/**"],
  },
  queue: { bar: 75, sources: ["src/queue/**/*.ts"], tests: ["test/queue/**", "test/pipeline/timing.test.ts"] },
  desk: { bar: 75, sources: ["src/desk/**/*.ts"], tests: ["test/http/**", "test/index.test.ts", "test/pipeline/**"] },
  sanitizer: {
    bar: 75,
    sources: ["src/render/article/sanitize.ts"],
    tests: ["test/render/sanitize.test.ts"],
  },
};

/** Globs of vitest for the tests of an area. */
export function testGlobs({ tests }: Area): string[] {
  return tests.map((test) => (test.endsWith("/**") ? `${test}/*.test.ts` : test));
}
