/** Campaigns on a schedule, on the real ledger and queue. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { fillSlots } from "#core/renditions/slots.ts";
import { addReaders } from "../support/app.ts";
import { describeOnEveryBackend } from "../support/backends.ts";
import { dated, type JobTest, openJobTest } from "../support/jobs.ts";

const weekly = `kind: campaign
schedule: { when: every friday at 09:00, timezone: Europe/London }
channels: [probe]
subject: "{site} no. {number}: {first}"
`;

const never = new AbortController().signal;
const tend = async ({ test, clock }: JobTest, at: string) => {
  clock.now = new Date(at);
  return test.app.jobs.tend();
};
const subjects = ({ mails }: JobTest): string[] => mails.map(({ rendition }) => rendition.subject);

describeOnEveryBackend("A weekly digest", (open) => {
  it("sends the new posts to everybody once, and no email if there are none", async () => {
    await using backend = await open();
    await using jobs = await openJobTest(backend, { "weekly.yaml": weekly }, "2026-01-05T08:00Z");
    await addReaders(jobs.test, 3);
    jobs.posts.push(dated("before", "2025-12-01"));
    expect(await tend(jobs, "2026-01-05T08:00Z")).toEqual([]);

    jobs.posts.push(dated("one", "2026-01-06"), dated("two", "2026-01-07"), dated("later", "2026-01-09T09:01Z"));
    expect(await tend(jobs, "2026-01-09T08:59:59Z")).toEqual([]);
    expect(await tend(jobs, "2026-01-09T09:00:20Z")).toMatchObject([
      {
        job: "weekly",
        scheduledFor: new Date("2026-01-09T09:00Z"),
        state: "done",
        missed: 0,
        outcome: "edition 1 goes to probe",
      },
    ]);
    expect(await tend(jobs, "2026-01-09T09:00:50Z")).toEqual([]);
    await using _workers = await jobs.test.app.startWorkers(jobs.test.channels, never);
    expect((await jobs.test.settled("edition:weekly:1")).channels["probe"]?.counts).toMatchObject({ accepted: 3 });
    expect(subjects(jobs)).toEqual(Array(3).fill("A Blog no. 1: About two"));
    const [mail] = jobs.mails;
    if (!mail) throw new Error("no mail");
    const { html, text } = fillSlots(mail.rendition, mail.recipient);
    for (const part of [html, text]) {
      expect(part.indexOf("About two")).toBeLessThan(part.lastIndexOf("About one"));
      expect(part).not.toContain("About before");
      expect(part).not.toContain("About later");
      expect(part).toContain("https://news.example.org/archive/edition~weekly~1");
    }

    expect(await tend(jobs, "2026-01-16T09:00Z")).toMatchObject([{ outcome: "edition 2 goes to probe" }]);
    expect(await tend(jobs, "2026-01-23T09:00Z")).toMatchObject([
      { state: "nothing", outcome: "no email: there is no new post since the last edition" },
    ]);
    await jobs.test.settled("edition:weekly:2");
    expect(subjects(jobs).slice(3)).toEqual(Array(3).fill("A Blog no. 2: About later"));
    expect(await jobs.test.app.jobs.editions.contents("weekly", 2)).toMatchObject([{ postId: "later.md" }]);
    const [audit] = await jobs.test.app.ledger.audit(
      (await jobs.test.app.ledger.report("edition:weekly:1"))[0]?.id ?? "",
    );
    expect(audit).toMatchObject({ prepared: 3, problems: [] });
  });

  it("is frozen: later edits of posts, templates and the job don't change it", async () => {
    await using backend = await open();
    await using jobs = await openJobTest(backend, { "weekly.yaml": weekly }, "2026-01-05T08:00Z");
    await addReaders(jobs.test, 1);
    await tend(jobs, "2026-01-05T08:00Z");
    jobs.posts.push(dated("one", "2026-01-06"));
    await tend(jobs, "2026-01-09T09:00Z");
    const before = await jobs.test.app.jobs.editions.mail("weekly", 1, "everyone");
    jobs.posts[0] = dated("one", "2026-01-06", { title: "Another title", revision: "e".repeat(64) });
    jobs.write("weekly.yaml", weekly.replace("{site}", "Changed"));
    await using _workers = await jobs.test.app.startWorkers(jobs.test.channels, never);
    await jobs.test.settled("edition:weekly:1");
    expect(jobs.mails.map(({ rendition }) => rendition)).toEqual([before]);
    expect(subjects(jobs)).toEqual(["A Blog no. 1: About one"]);
    expect(await tend(jobs, "2026-01-16T09:00Z")).toMatchObject([{ state: "nothing" }]);
  });

  it("has an intro, groups, a pace and a list of its own", async () => {
    await using backend = await open();
    const job = `kind: campaign
channels: [probe]
posts: { since: 30d, limit: 3, group: tag, tags: [sea, sky], order: oldest }
audience: { list: weekly }
pace: { perMinute: 600, stopAfterFailures: 50 }
intro: { file: intro.md }
`;
    await using jobs = await openJobTest(backend, { "tides.yaml": job }, "2026-01-31T12:00Z");
    writeFileSync(join(backend.dataDir, "intro.md"), "Good **morning**, see [the tables](/tides/).\n");
    mkdirSync(join(backend.dataDir, "jobs"), { recursive: true });
    await jobs.test.app.subscribers.add([{ address: "only@example.org" }], { list: "weekly", source: "test" });
    await addReaders(jobs.test, 2);
    jobs.posts.push(
      dated("old", "2025-12-01", { tags: ["sea"] }),
      dated("a", "2026-01-10", { tags: ["sea"] }),
      dated("b", "2026-01-11", { tags: ["sky"] }),
      dated("c", "2026-01-12", { tags: ["Sea"] }),
      dated("d", "2026-01-13", { tags: ["sea"] }),
      dated("e", "2026-01-14", { tags: ["land"] }),
    );
    const occurrence = await jobs.test.app.jobs.run("tides", "cli");
    expect(occurrence).toMatchObject({ state: "done", actor: "cli" });
    await using _workers = await jobs.test.app.startWorkers(jobs.test.channels, never);
    await jobs.test.settled("edition:tides:1");
    expect([...jobs.probe.accepted.keys()]).toEqual(["only@example.org"]);
    const mail = jobs.mails[0]?.rendition;
    expect(mail?.html).toContain("<strong");
    expect(mail?.html).toContain('href="https://example.org/tides/"');
    expect(mail?.text).toMatch(/Good morning.*\n[\s\S]*sea\n===[\s\S]*About a[\s\S]*sky\n===[\s\S]*About b/);
    expect(mail?.text).not.toMatch(/About (old|d|e)\b/);
    const campaign = await jobs.test.app.ledger.channelPublication(
      (await jobs.test.app.ledger.report("edition:tides:1"))[0]?.id ?? "",
      "probe",
    );
    expect(campaign).toMatchObject({ list: "weekly", rules: { pace: { perMinute: 600 }, stopAfterFailures: 50 } });
    jobs.clock.now = new Date("2026-02-01T12:00Z");
    await jobs.test.app.jobs.run("tides", "cli");
    expect((await jobs.test.app.jobs.editions.contents("tides", 2)).map(({ postId }) => postId)).toEqual(["d.md"]);
  });

  it("sends a single post once, if the job names one", async () => {
    await using backend = await open();
    const job = "kind: campaign\npost: content/posts/one.md\nchannels: [probe]\n";
    await using jobs = await openJobTest(backend, {}, "2026-01-31T12:00Z");
    mkdirSync(join(backend.dataDir, "content/posts"), { recursive: true });
    writeFileSync(join(backend.dataDir, "content/posts/one.md"), "");
    jobs.write("one.yaml", job);
    jobs.posts.push(dated("one", "2026-01-10"));
    await addReaders(jobs.test, 2);
    expect(await jobs.test.app.jobs.run("one", "cli")).toMatchObject({ state: "done" });
    jobs.clock.now = new Date("2026-02-01T12:00Z");
    expect(await jobs.test.app.jobs.run("one", "cli")).toMatchObject({ state: "nothing" });
    await using _workers = await jobs.test.app.startWorkers(jobs.test.channels, never);
    expect((await jobs.test.settled("one.md")).channels["probe"]?.counts).toMatchObject({ accepted: 2 });
    expect(subjects(jobs)).toEqual(["About one", "About one"]);
  });
});

describeOnEveryBackend("What was missed", (open) => {
  it("is run once or skipped, as the file says; a failing job is retried and blocks no other", async () => {
    await using backend = await open();
    const files = {
      "made-up.yaml": weekly,
      "skipped.yaml": weekly.replace("timezone: Europe/London }", "timezone: Europe/London, missed: skip }"),
      "broken.yaml": weekly.replace("channels", "template: mine\nchannels"),
    };
    await using jobs = await openJobTest(backend, files, "2026-01-05T08:00Z");
    const templates = join(backend.dataDir, "templates/email");
    mkdirSync(templates, { recursive: true });
    writeFileSync(join(templates, "mine.mjml"), "<mjml>");
    await tend(jobs, "2026-01-05T08:00Z");
    jobs.posts.push(dated("one", "2026-01-06"));
    const ran = await tend(jobs, "2026-01-30T12:00Z");
    expect(ran).toMatchObject([
      { job: "made-up", state: "done", missed: 3, scheduledFor: new Date("2026-01-30T09:00Z") },
      { job: "skipped", state: "skipped", missed: 3, scheduledFor: new Date("2026-01-30T09:00Z") },
    ]);
    expect(await jobs.test.app.jobs.occurrences.troubles()).toMatchObject([
      { name: "broken", retryAt: new Date("2026-01-30T12:01Z") },
    ]);
    expect(await tend(jobs, "2026-01-30T12:00:30Z")).toEqual([]);
    await tend(jobs, "2026-01-30T12:01Z");
    expect(await jobs.test.app.jobs.occurrences.troubles()).toMatchObject([{ retryAt: new Date("2026-01-30T12:03Z") }]);
  });

  it("is not counted from before the job existed, or from another schedule", async () => {
    await using backend = await open();
    await using jobs = await openJobTest(backend, { "weekly.yaml": weekly }, "2026-01-05T08:00Z");
    await tend(jobs, "2026-01-05T08:00Z");
    jobs.posts.push(dated("one", "2026-01-06"));
    jobs.write("weekly.yaml", weekly.replace("friday", "tuesday"));
    expect(await tend(jobs, "2026-01-14T08:00Z")).toEqual([]);
    jobs.remove("weekly.yaml");
    await tend(jobs, "2026-01-14T08:00Z");
    jobs.write("weekly.yaml", weekly.replace("friday", "tuesday"));
    expect(await tend(jobs, "2026-02-14T08:00Z")).toEqual([]);
    jobs.write("weekly.yaml", "kind: campaign\nbroken: yes\n");
    await tend(jobs, "2026-02-15T08:00Z");
    jobs.write("weekly.yaml", weekly.replace("friday", "tuesday"));
    expect(await tend(jobs, "2026-02-18T08:00Z")).toMatchObject([
      { state: "done", scheduledFor: new Date("2026-02-17T09:00Z") },
    ]);
  });
});

describeOnEveryBackend("A job that is run by hand", (open) => {
  it("runs as often as an operator runs it, even within a millisecond, and refuses a second run at the same time", async () => {
    await using backend = await open();
    const files = { "tidy.yaml": "kind: maintenance\nschedule: every hour\ntasks: [prune]\n" };
    await using jobs = await openJobTest(backend, files, "2026-01-05T07:30Z");
    await tend(jobs, "2026-01-05T07:30Z");
    await tend(jobs, "2026-01-05T08:00Z");
    const { jobs: desk } = jobs.test.app;
    for (const _ of [1, 2]) expect(await desk.run("tidy", "cli")).toMatchObject({ state: "done" });
    const times = (await desk.occurrences.list("tidy")).map(({ scheduledFor }) => scheduledFor.toISOString().slice(11));
    expect(times).toEqual(["08:00:00.002Z", "08:00:00.001Z", "08:00:00.000Z"]);

    const together = await Promise.allSettled([desk.run("tidy", "one"), desk.run("tidy", "other")]);
    const refused = together.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
    for (const reason of refused)
      expect(reason).toMatchObject({ code: "conflict", message: '"tidy" is already running' });
    expect(await desk.occurrences.list("tidy")).toHaveLength(5 - refused.length);
    expect(await tend(jobs, "2026-01-05T09:00Z")).toMatchObject([{ job: "tidy", missed: 0 }]);
  });
});
