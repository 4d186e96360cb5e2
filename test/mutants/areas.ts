/** What is changed in turn, and the tests that have to notice it. */

export interface Area {
  /** How many of a hundred mutants the tests must notice. */
  bar: number;
  sources: readonly string[];
  /** Its code has a part for Redis. */
  redis?: boolean;
  /** Quick tests that need no database. The others are tried only on what these do not notice. */
  first?: readonly string[];
  /** The quick ones first, see `vitest.config.ts`. */
  tests: readonly string[];
}

const conversation = ["src/smtp/session/**/*.ts", "src/smtp/message/compile.ts"];
const sending = ["src/pipeline/sending/**/*.ts", "src/store/sending/**/*.ts", "src/store/ledger/**/*.ts"];
const withoutSending = [...conversation, ...sending].map((glob) => `!${glob}`);

/** Files of a folder of `test`. */
function tests(folder: string, names: string): string[] {
  return names.split(" ").map((name) => `test/${folder}/${name}.test.ts`);
}

/**
 * Each area has the tests that run its code and are quick: a mutant that no test notices is tried on all of them.
 * Tests that do all in the process itself: a program that a test starts knows nothing of the mutant.
 */
export const areas: Readonly<Record<string, Area>> = {
  conversation: {
    bar: 85,
    sources: conversation,
    tests: [
      ...["test/smtp/**", "test/adapters/smtp.test.ts"],
      ...["test/attacks/mail-path.test.ts", "test/attacks/endless-answers.test.ts"],
    ],
  },
  sending: {
    bar: 85,
    sources: sending,
    first: [
      ...tests("pipeline", "admission group-commit outcomes settled stream turns"),
      ...tests("store", "wire-log"),
    ],
    tests: [
      ...tests("store", "audit channel-keep kept-counts fence recover"),
      ...tests("pipeline", "sending-rules looking troubles network-pace timing delivering campaigns"),
    ],
  },
  pipeline: {
    bar: 75,
    sources: ["src/pipeline/**/*.ts", ...withoutSending],
    tests: [
      ...tests("pipeline", "check-note feed-pages moments difference offers when-empty correction replace tell"),
      ...tests("pipeline", "send-hooks publish-planned four-eyes review campaign-jobs timing campaigns"),
      ...tests("http", "archive subscribe engagement feeds api-events"),
      ...tests("adapters", "republish"),
    ],
  },
  smtp: {
    bar: 75,
    sources: ["src/smtp/**/*.ts", ...withoutSending],
    first: ["test/smtp/bounces/**", ...tests("smtp", "verp same-mail message compile dkim destination")],
    tests: ["test/mailbox/**", "test/adapters/smtp.test.ts", "test/attacks/bounce-forger.test.ts"],
  },
  store: {
    bar: 75,
    sources: ["src/store/**/*.ts", ...withoutSending],
    tests: [
      ...["test/store/**", "test/desk/people.test.ts"],
      ...tests("pipeline", "campaign-jobs correction offers publish-planned review send-hooks"),
      ...tests("http", "api api-conditions api-lists api-once archive engagement feeds people session subscribe"),
    ],
  },
  queue: {
    bar: 75,
    sources: ["src/queue/**/*.ts"],
    redis: true,
    tests: tests("queue", "job-timers job-queue consume"),
  },
  desk: {
    bar: 75,
    sources: ["src/desk/**/*.ts"],
    tests: [
      ...["test/desk/**", "test/store/segments.test.ts"],
      ...tests("http", "api api-conditions api-jobs api-lists api-once people session console/publishing"),
      ...tests("pipeline", "campaigns four-eyes send-hooks"),
    ],
  },
  sanitizer: {
    bar: 75,
    sources: ["src/render/article/sanitize.ts"],
    tests: ["test/render/sanitize.test.ts"],
  },
};

/** Globs of vitest for the tests of an area. */
export function testGlobs(tests: readonly string[]): string[] {
  return tests.map((test) => (test.endsWith("/**") ? `${test}/*.test.ts` : test));
}
