/** Nobody gets an edition before somebody agreed to it. */

import { expect, it } from "vitest";
import { addReaders } from "../support/app.ts";
import { describeOnEveryBackend, openBackend } from "../support/backends.ts";
import { dated, type JobTest, openJobTest } from "../support/jobs.ts";
import { failure } from "../support/probe.ts";

const job = `kind: campaign
schedule: { when: every friday at 09:00, timezone: UTC }
channels: [probe]
subject: "No. {number}"
review: { to: [ada@example.org, bob@example.org], expires: 24h }
`;
const never = new AbortController().signal;

/** Prepared on Friday the ninth, with one post in it. */
async function prepared(jobs: JobTest): Promise<void> {
  await addReaders(jobs.test, 2);
  await jobs.test.app.jobs.tend();
  jobs.posts.push(dated("one", "2026-01-06"));
  jobs.clock.now = new Date("2026-01-09T09:00Z");
  expect(await jobs.test.app.jobs.tend()).toMatchObject([
    { state: "waiting", outcome: "edition 1 needs the approval of ada@example.org or bob@example.org" },
  ]);
}

const to = ({ mails }: JobTest): string[] => mails.map(({ recipient }) => recipient.address).sort();
const decide = ({ test }: JobTest, number: number, decision: "approved" | "declined", actor = "cli") =>
  test.app.jobs.decide({ job: "weekly", number, decision, actor });

describeOnEveryBackend("An edition for review", (open) => {
  it("is sent to its reviewers as a test, and to the readers after one reviewer has approved it", async () => {
    await using backend = await open();
    await using jobs = await openJobTest(backend, { "weekly.yaml": job }, "2026-01-05T08:00Z");
    await prepared(jobs);
    await jobs.test.app.jobs.tend();
    expect(to(jobs)).toEqual(["ada@example.org", "bob@example.org"]);
    const [test] = jobs.mails;
    expect(test?.rendition.subject).toBe("[Review] No. 1");
    expect(test?.rendition.text).toMatch(/^For review: edition 1 of weekly.*https:\/\/news\.example\.org\/reviews\//s);
    expect(await jobs.test.app.ledger.report("edition:weekly:1")).toEqual([]);

    await using _workers = await jobs.test.app.startWorkers(jobs.test.channels, never);
    const decided = await decide(jobs, 1, "approved", "reviewer:ada@example.org");
    expect(decided).toMatchObject({ state: "approved", decidedBy: "reviewer:ada@example.org" });
    expect((await jobs.test.settled("edition:weekly:1")).channels["probe"]?.counts).toMatchObject({ accepted: 2 });
    expect(jobs.mails.slice(2).map(({ rendition }) => rendition.subject)).toEqual(["No. 1", "No. 1"]);
    const frozen = await jobs.test.app.jobs.editions.mail("weekly", 1, "everyone");
    expect(jobs.mails.slice(2).every(({ rendition }) => rendition.html === frozen?.html)).toBe(true);
    await expect(decide(jobs, 1, "declined")).rejects.toMatchObject({ code: "conflict" });
    const { rows } = await jobs.test.app.database.pool.query(
      "select kind, actor from postrider.event where kind like 'edition.%' order by id",
    );
    expect(rows).toEqual([
      { kind: "edition.prepared", actor: "job:weekly" },
      { kind: "edition.approved", actor: "reviewer:ada@example.org" },
    ]);
  });

  it("is not sent when it was declined or has expired, and the next edition has its posts", async () => {
    await using backend = await open();
    await using jobs = await openJobTest(backend, { "weekly.yaml": job }, "2026-01-05T08:00Z");
    await prepared(jobs);
    await decide(jobs, 1, "declined");
    jobs.clock.now = new Date("2026-01-16T09:00Z");
    expect(await jobs.test.app.jobs.tend()).toMatchObject([{ state: "waiting" }]);
    expect(await jobs.test.app.jobs.editions.contents("weekly", 2)).toMatchObject([{ postId: "one.md" }]);
    jobs.clock.now = new Date("2026-01-17T09:00Z");
    await expect(decide(jobs, 2, "approved")).rejects.toThrow("expired already, by time");
    jobs.clock.now = new Date("2026-01-23T09:00Z");
    await jobs.test.app.jobs.tend();
    await decide(jobs, 3, "approved");
    expect((await jobs.test.app.jobs.editions.list()).map(({ state }) => state)).toEqual([
      "approved",
      "expired",
      "declined",
    ]);
    expect(await jobs.test.app.jobs.editions.contents("weekly", 3)).toMatchObject([{ postId: "one.md" }]);
  });

  it("is approved once, even if several reviewers press the button", async () => {
    await using backend = await open();
    await using jobs = await openJobTest(backend, { "weekly.yaml": job }, "2026-01-05T08:00Z");
    await prepared(jobs);
    const presses = await Promise.allSettled(Array.from({ length: 5 }, (_, n) => decide(jobs, 1, "approved", `r${n}`)));
    expect(presses.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await jobs.test.app.ledger.campaigns()).toHaveLength(1);
  });
});

it("Reviewers who can't be reached are tried again", async () => {
  await using backend = await openBackend({});
  await using jobs = await openJobTest(backend, { "weekly.yaml": job }, "2026-01-05T08:00Z");
  const { answer } = jobs.probe;
  jobs.probe.answer = async () => {
    throw failure("temporary", "channel");
  };
  await prepared(jobs);
  expect(jobs.mails).toEqual([]);
  jobs.probe.answer = answer;
  await jobs.test.app.jobs.tend();
  expect(to(jobs)).toEqual(["ada@example.org", "bob@example.org"]);
});

it("The link shows the edition, the button decides, and a forged link does neither", async () => {
  await using backend = await openBackend({});
  await using jobs = await openJobTest(backend, { "weekly.yaml": job }, "2026-01-05T08:00Z");
  await prepared(jobs);
  await using server = await jobs.test.app.startServer(jobs.test.channels, { port: 0 });
  const path = /https:\/\/news\.example\.org(\/reviews\/\S+)/.exec(jobs.mails[0]?.rendition.text ?? "")?.[1] ?? "";
  const post = (where: string, decision: string) =>
    fetch(`${server.url}${where}`, { method: "POST", body: new URLSearchParams({ decision }) });

  const shown = await fetch(`${server.url}${path}`);
  expect(shown.status).toBe(200);
  expect(await shown.text()).toContain("Approve and send");
  expect(shown.headers.get("cache-control")).toBe("no-store");
  expect(await (await fetch(`${server.url}${path}/mail?list=everyone`)).text()).toContain("About one");
  expect((await fetch(`${server.url}/archive/edition~weekly~1`)).status).toBe(404);
  const [payload = "", mark = ""] = path.split("/").at(-1)?.split(".") ?? [];
  const forged = Buffer.from(JSON.stringify(["weekly", "1", "eve@example.org"])).toString("base64url");
  expect((await post(`/reviews/${forged}.${mark}`, "approved")).status).toBe(404);
  expect((await post(`/reviews/${payload}.`, "approved")).status).toBe(404);
  expect((await post(path, "maybe")).status).toBe(400);
  expect((await jobs.test.app.jobs.editions.find("weekly", 1))?.state).toBe("waiting");

  expect(await (await post(path, "approved")).text()).toContain("It is approved and will be sent.");
  expect((await jobs.test.app.jobs.editions.find("weekly", 1))?.decidedBy).toBe("reviewer:ada@example.org");
  expect((await post(path, "declined")).status).toBe(409);
  expect(await (await fetch(`${server.url}${path}`)).text()).toContain("By ada@example.org");
  await using _workers = await jobs.test.app.startWorkers(jobs.test.channels, never);
  await jobs.test.settled("edition:weekly:1");
  const archived = await (await fetch(`${server.url}/archive/edition~weekly~1`)).text();
  expect(archived).toContain("About one");
  expect(archived).not.toMatch(/pr[0-9a-f]{24}|unsubscribe|preferences|href=""/i);
});
