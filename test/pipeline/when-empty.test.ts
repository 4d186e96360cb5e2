/** A digest with nothing in it: no mail, or one that says so where the job has words for it. */

import { expect, it } from "vitest";
import { addReaders } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { dated, openJobTest } from "../support/jobs.ts";

it("sends the job's own text if there is nothing new, and posts again if there are new ones", async () => {
  await using backend = await openBackend({});
  const words = "There was **nothing new** this week.";
  const job = (more: string): string =>
    `kind: campaign\nschedule: { when: every friday at 09:00, timezone: UTC }\nchannels: [probe]\nsubject: "Number {number}: {first}"\n${more}`;
  const files = { "quiet.yaml": job(""), "chatty.yaml": job(`whenEmpty: "${words}"\n`) };
  await using jobs = await openJobTest(backend, files, "2026-01-05T12:00Z");
  const { test, clock, mails } = jobs;
  await addReaders(test, 1);
  await using _workers = await test.app.startWorkers(test.channels, new AbortController().signal);
  await test.app.jobs.tend();
  clock.now = new Date("2026-01-09T09:00:10Z");
  expect((await test.app.jobs.tend()).map(({ job, state }) => [job, state])).toEqual([
    ["chatty", "done"],
    ["quiet", "nothing"],
  ]);
  await expect.poll(() => mails.length, { timeout: 120_000 }).toBe(1);
  expect(mails[0]?.rendition.subject).toBe("Number 1: A Blog");
  expect(mails[0]?.rendition.text).toContain("There was nothing new this week.");
  jobs.posts.push(dated("one", "2026-01-12T09:00Z"));
  clock.now = new Date("2026-01-16T09:00:10Z");
  await test.app.jobs.tend();
  await expect.poll(() => mails.length, { timeout: 120_000 }).toBe(3);
  const chatty = mails.find(({ rendition }) => rendition.subject === "Number 2: About one");
  expect(chatty?.rendition.text).not.toContain("nothing new");
  expect((await test.app.jobs.editions.list({ job: "quiet" })).map(({ number }) => number)).toEqual([1]);

  // Each run is an act of the job; a time at which nothing was due is none.
  const log = await test.app.desk.audit.list({ limit: 50 });
  expect(log.map(({ act, actor, door, result, after }) => [act, actor, door, result, after])).toEqual(
    [
      ["chatty", "done"],
      ["quiet", "nothing"],
      ["chatty", "done"],
      ["quiet", "done"],
    ]
      .reverse()
      .map(([job, state]) => ["jobs.run", `job:${job}`, "job", "done", expect.objectContaining({ state })]),
  );
});
