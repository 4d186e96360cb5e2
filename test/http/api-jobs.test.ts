/** Declared jobs over HTTP: what is declared, what a run would do, what reviewers decide. */

import { expect, it } from "vitest";
import { addReaders } from "../support/app.ts";
import { openBackend } from "../support/backends.ts";
import { dated, openJobTest } from "../support/jobs.ts";

const files = {
  "weekly.yaml": `kind: campaign
schedule: { when: every friday at 09:00, timezone: Europe/London }
posts: { since: 30d }
channels: [probe]
review: { to: [ada@example.net] }
`,
  "mend.yaml": "kind: republish\nask: [post, channels, mode]\n",
  "new-posts.yaml": "kind: publish\nchannels: [probe]\n",
  "tidy.yaml": "kind: maintenance\ntasks: [prune]\n",
  "wrong.yaml": "kind: campaign\nchanels: [probe]\n",
};

it("lists the jobs, plans and runs each kind, takes the values that a job asks for, and approves an edition", async () => {
  await using backend = await openBackend({});
  const environment = { apiToken: "a-l0ng-t0ken" };
  await using jobs = await openJobTest(backend, files, "2026-01-05T12:00Z", { environment });
  const { test } = jobs;
  await addReaders(test, 2);
  jobs.posts.push(dated("one", "2026-01-04T09:00Z"));
  await using _workers = await test.app.startWorkers(test.channels, new AbortController().signal);
  await using server = await test.app.startServer(test.channels, { host: "127.0.0.1", port: 0 });
  const ask = async (method: string, path: string, body?: unknown) => {
    jobs.clock.now = new Date(jobs.clock.now.getTime() + 1000);
    const response = await fetch(`${server.url}/api/v1/jobs${path}`, {
      method,
      headers: { authorization: "Bearer a-l0ng-t0ken" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as unknown };
  };

  expect(await ask("GET", "")).toMatchObject({
    body: {
      jobs: [
        { name: "mend", kind: "republish", next: [] },
        { name: "new-posts", kind: "publish", next: [] },
        { name: "tidy", last: null },
        { name: "weekly", next: expect.arrayContaining(["2026-01-09T09:00:00.000Z", "2026-02-06T09:00:00.000Z"]) },
      ],
      problems: [
        { file: "jobs/wrong.yaml", line: 1, message: expect.stringContaining("channels: is missing") },
        { file: "jobs/wrong.yaml", line: 2, message: expect.stringContaining('did you mean "channels"?') },
      ],
    },
  });

  // What was there before goes to nobody, and the plan says so beforehand.
  expect(await ask("POST", "/new-posts/runs", { dryRun: true })).toMatchObject({
    status: 200,
    body: { kind: "publish", plan: { baseline: 1, posts: [] } },
  });
  expect(await ask("POST", "/new-posts/runs")).toMatchObject({ status: 202, body: { state: "nothing" } });
  // An edit of it is not a new post, either.
  const body = { onChange: true };
  expect(await ask("POST", "/../posts/one.md/publications", body)).toMatchObject({
    status: 202,
    body: { publications: [], leftAlone: expect.stringContaining("is older than the jobs") },
  });
  jobs.posts.push(dated("two", "2026-01-05T09:00Z"));
  expect(await ask("POST", "/new-posts/runs", { dryRun: true })).toMatchObject({
    body: { plan: { baseline: null, posts: [{ title: "About two", channels: [{ channel: "probe" }] }] } },
  });
  expect(jobs.mails).toEqual([]);
  expect(await ask("POST", "/new-posts/runs")).toMatchObject({
    body: { state: "done", publications: [{ post: "two.md" }] },
  });
  await expect.poll(() => jobs.mails.length, { timeout: 120_000 }).toBe(2);
  expect(await ask("POST", "/new-posts/runs")).toMatchObject({
    body: { state: "nothing", outcome: "no new posts" },
  });

  expect(await ask("POST", "/mend/runs", {})).toMatchObject({
    status: 400,
    body: { detail: expect.stringContaining("--post … --mode … --channels …") },
  });
  const asked = { post: "content/posts/two.md", mode: "repost", channels: ["probe"] };
  expect(await ask("POST", "/mend/runs", { ...asked, dryRun: true })).toMatchObject({
    body: { plan: { steps: [{ channel: "probe", again: 2 }] } },
  });
  expect(await ask("POST", "/mend/runs", asked)).toMatchObject({ status: 400 });
  expect(await ask("POST", "/mend/runs", { ...asked, channels: ["nowhere"] })).toMatchObject({ status: 400 });
  expect(await ask("POST", "/tidy/runs", { post: "a.md" })).toMatchObject({ status: 400 });
  expect(await ask("POST", "/tidy/runs", { dryRun: true })).toMatchObject({
    body: { plan: { tasks: ["prune: would delete 0 job runs that had nothing to do, 0 unused rate limits"] } },
  });
  expect(await ask("POST", "/mend/runs", { ...asked, reason: "a dead link" })).toMatchObject({ status: 202 });
  await expect.poll(() => jobs.mails.length, { timeout: 120_000 }).toBe(4);

  expect(await ask("POST", "/weekly/runs", { dryRun: true })).toMatchObject({
    body: { plan: { edition: { number: 1 }, posts: [{ title: "About two" }, { title: "About one" }] } },
  });
  expect(await ask("POST", "/weekly/runs")).toMatchObject({ body: { state: "waiting" } });
  await expect.poll(() => jobs.mails.length, { timeout: 120_000 }).toBe(5);
  expect(await ask("GET", "/weekly/editions/1")).toMatchObject({
    body: {
      edition: { state: "waiting", reviewers: ["ada@example.net"] },
      posts: [{ postId: "one.md" }, { postId: "two.md" }],
      mails: { everyone: { html: expect.stringContaining("About two") } },
    },
  });
  expect(await ask("PUT", "/weekly/editions/1/approval", { by: "Ada" })).toMatchObject({
    status: 200,
    body: { edition: { state: "approved", decidedBy: "api:Ada" } },
  });
  expect((await ask("PUT", "/weekly/editions/1/refusal")).status).toBe(409);
  expect((await ask("PUT", "/weekly/editions/9/approval")).status).toBe(404);
  expect(await ask("GET", "/weekly/editions")).toMatchObject({
    body: { editions: [{ number: 1, state: "approved" }] },
  });
  await expect.poll(() => jobs.mails.length, { timeout: 120_000 }).toBe(7);
});
