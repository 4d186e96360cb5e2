/** What a job leaves open is asked, one question after the other, and a wrong answer once more. */

import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { askFor } from "#cli/reports/ask.ts";
import type { RepublishJob } from "#core/jobs/job-file.ts";
import { openQuestions } from "#pipeline/jobs/republish-job.ts";

it("asks only for missing values, again after an invalid answer, and for a reason if the mode needs one", async () => {
  const job: RepublishJob = { name: "mend", kind: "republish", description: "", ask: ["post", "channels", "mode"] };
  const [input, output] = [new PassThrough(), new PassThrough()];
  const answers = ["reposted", "repost", "feed, newsletter", "a dead link"];
  let shown = "";
  output.on("data", (chunk: Buffer) => {
    shown += chunk;
    if (/\? \([^)]*\) $/.test(String(chunk))) input.write(`${answers.shift() ?? ""}\n`);
  });
  const said = { post: "content/posts/hello.md" };
  expect(await askFor((more) => openQuestions({ ...job, ...more }, true), said, { input, output })).toEqual({
    ...said,
    ...{ mode: "repost", channels: ["feed", "newsletter"], reason: "a dead link" },
  });
  expect(shown).not.toContain("Which post?");
  expect(shown.match(/What to do\?/g)).toHaveLength(2);
  expect(shown).toContain("expected retry, update, repost, finish");
});
