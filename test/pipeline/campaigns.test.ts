/** What an operator and the rules do to a campaign, on the real ledger and queue. */

import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import smtp from "#adapters/smtp.ts";
import type { Site } from "#core/posts/post.ts";
import { DeliveryError } from "#core/sending/delivery.ts";
import { packageDir } from "#files/package.ts";
import { choose, control } from "#pipeline/campaigns/control.ts";
import { publish } from "#pipeline/publishing/publish.ts";
import { openRenderer } from "#render/renderer.ts";
import { freeze, release } from "#store/audience/audience.ts";
import { addReaders, aPost, openTestApp, type TestApp } from "../support/app.ts";
import { describeOnEveryBackend } from "../support/backends.ts";
import { failure, openProbe } from "../support/probe.ts";
import { openSink } from "../support/sink.ts";

const never = new AbortController().signal;

async function campaignOf(test: TestApp): Promise<string> {
  const [report] = await test.app.ledger.report("hello.md");
  if (!report) throw new Error("nothing was published");
  return report.id;
}

async function countsOf(test: TestApp) {
  const [report] = await test.app.ledger.report("hello.md");
  const counts = report?.channels["probe"]?.counts;
  if (!counts) throw new Error("nothing was published");
  return counts;
}

const patient = { timeout: 120_000 };

/** Until all of so many deliveries may go, or might have gone, by the database's clock. */
async function untilDue(test: TestApp, number: number): Promise<void> {
  const due = async (): Promise<unknown> => {
    const { rows } = await test.app.database.pool.query(
      "select count(*) filter (where due_at is null or due_at <= now())::int as n from postrider.delivery",
    );
    return rows[0].n;
  };
  await expect.poll(due, patient).toBe(number);
}

/** Until the workers have looked at all that was queued. */
async function untilIdle(test: TestApp): Promise<void> {
  await expect.poll(() => test.app.queue.depth("probe"), patient).toBe(0);
}

describeOnEveryBackend("A campaign", (open) => {
  it("stops within a group when it is paused, continues when it is resumed, and reaches everybody once", async () => {
    await using backend = await open();
    const probe = openProbe();
    const begun = Promise.withResolvers<void>();
    probe.answer = async () => {
      if (probe.calls.length >= 20) begun.resolve();
      await sleep(5);
      return {};
    };
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 300);
    await using _workers = await test.app.startWorkers(test.channels, never);
    await test.publish();
    await begun.promise;
    const id = await campaignOf(test);
    await test.app.ledger.control(id, "probe", "pause", "test", "let me think");
    const atPause = probe.calls.length;
    const paused = (await test.settled()).channels["probe"];
    expect(paused?.paused?.reason).toBe("let me think");
    expect(probe.calls.length - atPause).toBeLessThanOrEqual(30);
    expect(paused?.counts.pending).toBeGreaterThan(200);

    await test.app.ledger.control(id, "probe", "resume", "test", "go on");
    await test.publish();
    expect((await test.settled()).channels["probe"]?.counts).toMatchObject({ accepted: 300, pending: 0, uncertain: 0 });
    expect(probe.calls).toHaveLength(300);
  });

  it("sends the same email to everybody, even if the templates change during the campaign", async () => {
    await using backend = await open();
    const probe = openProbe();
    const sent: string[] = [];
    let enough = 20;
    let site: Site | undefined;
    probe.answer = async ({ rendition }) => {
      if (sent.length >= enough) throw failure("permanent", "channel");
      sent.push(rendition.html);
      return {};
    };
    {
      await using test = await openTestApp(backend, [probe.adapter]);
      await addReaders(test, 60);
      ({ site } = test.site.config);
      await using _workers = await test.app.startWorkers(test.channels, never);
      await test.publish();
      expect((await test.settled()).channels["probe"]?.counts).toMatchObject({ accepted: 20, pending: 40 });
    }
    enough = Infinity;
    const templatesDir = join(backend.dataDir, "templates");
    await cp(join(packageDir, "templates"), templatesDir, { recursive: true });
    const theme = join(templatesDir, "theme.yaml");
    await writeFile(theme, (await readFile(theme, "utf8")).replaceAll("#2b2d33", "#232323"));
    const renderer = await openRenderer({
      templatesDir,
      site: site ?? expect.fail("no site"),
    });
    await using test = await openTestApp(backend, [probe.adapter], {}, {}, { renderer });
    await using _workers = await test.app.startWorkers(test.channels, never);
    expect(await test.publish()).toMatchObject({ resumed: ["probe"] });
    expect((await test.settled()).channels["probe"]?.counts).toMatchObject({ accepted: 60 });
    expect(new Set(sent).size).toBe(1);

    await test.publish(aPost({ id: "another.md", url: "https://example.org/another/" }));
    await test.settled("another.md");
    expect(sent.at(-1)).toContain("#232323");
    expect(sent[0]).not.toContain("#232323");
  });

  it("can't be paused, resumed or cancelled after it is finished", async () => {
    await using backend = await open();
    const probe = openProbe();
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 3);
    await test.publish();
    await using _workers = await test.app.startWorkers(test.channels, never);
    await test.settled();
    const request = { campaign: await campaignOf(test), actor: "test", reason: "too late" };
    for (const action of ["pause", "resume", "cancel"] as const)
      await expect(control({ ...request, action }, test.app)).rejects.toMatchObject({ code: "conflict" });
    expect(await test.app.ledger.campaigns()).toMatchObject([{ state: "done" }]);
  });

  it("is paused and resumed on the other channels after it was cancelled on one", async () => {
    await using backend = await open();
    const [probe, another] = [openProbe(), openProbe()];
    await using test = await openTestApp(backend, [{ ...another.adapter, name: "another" }, probe.adapter]);
    await addReaders(test, 3);
    await test.publish();
    const request = { campaign: await campaignOf(test), actor: "test", reason: "wrong link" };
    await control({ ...request, channel: "another", action: "cancel" }, test.app);
    const states = async () => (await test.app.ledger.campaigns()).map(({ channel, state }) => [channel, state]);
    await control({ ...request, action: "pause" }, test.app);
    expect(await states()).toEqual([
      ["another", "cancelled"],
      ["probe", "paused"],
    ]);
    await control({ ...request, action: "resume" }, test.app);
    await using _workers = await test.app.startWorkers(test.channels, never);
    expect((await test.settled()).channels["probe"]?.counts).toMatchObject({ accepted: 3 });
    await expect(control({ ...request, channel: "another", action: "resume" }, test.app)).rejects.toMatchObject({
      code: "conflict",
    });
    expect(another.calls).toEqual([]);
  });

  it("sends nothing more after it is cancelled, and reports how many were left out", async () => {
    await using backend = await open();
    const probe = openProbe();
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 40);
    await test.publish();
    expect(await test.app.ledger.control(await campaignOf(test), "probe", "cancel", "test", "a mistake")).toBe(40);
    await using _workers = await test.app.startWorkers(test.channels, never);
    expect((await test.settled()).channels["probe"]?.counts).toMatchObject({ cancelled: 40, accepted: 0 });
    expect(probe.calls).toEqual([]);
    const resume = test.app.ledger.control(await campaignOf(test), "probe", "resume", "test", "");
    await expect(resume).rejects.toMatchObject({ code: "conflict" });
  });

  it("pauses automatically after the configured number of failures", async () => {
    await using backend = await open();
    const probe = openProbe();
    probe.answer = async () => {
      throw failure("permanent", "recipient");
    };
    await using test = await openTestApp(backend, [probe.adapter], { probe: "stopAfterFailures: 7" });
    await addReaders(test, 100);
    await using _workers = await test.app.startWorkers(test.channels, never);
    await test.publish();
    const channel = (await test.settled()).channels["probe"];
    expect(channel?.paused?.reason).toContain("the limit is 7");
    expect(channel?.counts.refused).toBeGreaterThanOrEqual(7);
    expect(channel?.counts.refused).toBeLessThanOrEqual(12);
    expect(channel?.counts.pending).toBe(100 - (channel?.counts.refused ?? 0));
  });

  it("waits for the operator if it is hours late", async () => {
    await using backend = await open();
    const probe = openProbe();
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 6);
    const hour = 3_600_000;
    const at = new Date(Date.now() - 13 * hour);
    const now = new Date(at.getTime() - hour);
    await publish({ post: aPost(), channels: test.channels, actor: "test", now, at }, test.app);
    await using _workers = await test.app.startWorkers(test.channels, never);
    const late = (await test.settled()).channels["probe"];
    expect(late?.paused?.reason).toContain("it was scheduled for");
    expect(late?.counts).toMatchObject({ pending: 6, accepted: 0 });
    const campaign = await campaignOf(test);
    await control({ campaign, action: "resume", actor: "test", reason: "still wanted" }, test.app);
    expect((await test.settled()).channels["probe"]?.counts).toMatchObject({ pending: 0, accepted: 6 });
    const [audit] = await test.app.ledger.audit(campaign);
    expect(audit).toMatchObject({ candidates: 6, prepared: 6, deliveries: 6, open: 0, problems: [] });
  });

  it("pauses when the sender is refused, and counts no recipient as refused", async () => {
    await using backend = await open();
    const probe = openProbe();
    probe.answer = async () => {
      throw failure("permanent", "recipient", { status: 550, enhanced: "5.7.1" });
    };
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 60);
    await using _workers = await test.app.startWorkers(test.channels, never);
    await test.publish();
    const channel = (await test.settled()).channels["probe"];
    expect(channel?.paused?.reason).toContain("because of the sender (policy");
    expect(channel?.counts.refused).toBe(0);
    expect(probe.calls.length).toBeLessThanOrEqual(15);

    probe.answer = async () => ({});
    await test.app.database.pool.query("update postrider.delivery set due_at = now()");
    const campaign = await campaignOf(test);
    await control({ campaign, action: "resume", actor: "test", reason: "our name is good again" }, test.app);
    expect((await test.settled()).channels["probe"]?.counts).toMatchObject({ accepted: 60, refused: 0 });
  });

  it("tests several subjects on a share of the readers, and sends the chosen one to the rest", async () => {
    await using backend = await open();
    const probe = openProbe();
    const subjects = new Map<string, string>();
    probe.answer = async ({ recipient, rendition }) => {
      subjects.set(recipient.address, rendition.subject);
      return {};
    };
    const rule = "subjectTest: { share: 0.4, waitSeconds: 1 }";
    await using test = await openTestApp(backend, [probe.adapter], { probe: rule });
    await addReaders(test, 200);
    const post = aPost({ subjects: ["One way to say it", "Another"] });
    await test.publish(post);
    await using _workers = await test.app.startWorkers(test.channels, never);
    await expect.poll(() => probe.calls.length, { timeout: 120_000 }).toBeGreaterThan(30);
    await untilDue(test, 200);
    await test.publish(post);
    const waiting = (await test.settled()).channels["probe"];
    expect(waiting?.paused?.reason).toContain("postrider campaigns choose");
    const tried = waiting?.counts.accepted ?? 0;
    expect(tried).toBeGreaterThan(40);
    expect(tried).toBeLessThan(120);
    expect(new Set(subjects.values())).toEqual(new Set(post.subjects));

    const campaign = await campaignOf(test);
    await expect(choose({ campaign, subject: 3, actor: "test" }, test.app)).rejects.toMatchObject({ code: "invalid" });
    const before = new Map(subjects);
    await choose({ campaign, subject: 2, actor: "test" }, test.app);
    await test.settled();
    expect(probe.calls).toHaveLength(200);
    expect([...subjects].filter(([to]) => !before.has(to)).every(([, subject]) => subject === "Another")).toBe(true);
    const [shown] = await test.app.ledger.campaigns(campaign);
    expect(shown?.subjects?.chosen).toBe(2);
    expect(shown?.subjects?.sent.reduce((sum, number) => sum + number, 0)).toBe(200);
    await expect(choose({ campaign, subject: 1, actor: "test" }, test.app)).rejects.toMatchObject({ code: "conflict" });
  });

  it("asks for a subject only after the whole test share was sent, however long that takes", async () => {
    await using backend = await open();
    const probe = openProbe();
    probe.answer = async () => ({});
    const rule = "subjectTest: { share: 0.4, waitSeconds: 1 }";
    await using test = await openTestApp(backend, [probe.adapter], { probe: rule });
    await addReaders(test, 200);
    await test.publish(aPost({ subjects: ["One way to say it", "Another"] }));
    await untilDue(test, 200);
    await using _workers = await test.app.startWorkers(test.channels, never);
    const waiting = (await test.settled()).channels["probe"];
    expect(waiting?.paused?.reason).toContain("postrider campaigns choose");
    const { rows } = await test.app.database.pool.query(
      "select state, subject is not null as tries, count(*)::int as n from postrider.delivery group by 1, 2 order by 1",
    );
    expect(rows).toEqual([
      { state: "accepted", tries: true, n: probe.calls.length },
      { state: "pending", tries: false, n: 200 - probe.calls.length },
    ]);
    expect(probe.calls.length).toBeGreaterThan(40);
  });

  it("keeps its pace with any number of workers", async () => {
    await using backend = await open();
    const probe = openProbe();
    await using test = await openTestApp(backend, [probe.adapter], { probe: "pace: { perSecond: 10 }" });
    await addReaders(test, 40);
    await test.publish();
    const since = performance.now();
    await using _one = await test.app.startWorkers(test.channels, never);
    await using _two = await test.app.startWorkers(test.channels, never);
    await test.settled();
    // Ten at once, then ten a second.
    expect(performance.now() - since).toBeGreaterThan(2_500);
    expect(probe.calls).toHaveLength(40);
  });

  it("limits one provider without delaying the others", async () => {
    await using backend = await open();
    const probe = openProbe();
    const rule = "pace: { domains: { slow.example: { perHour: 2 } } }";
    await using test = await openTestApp(backend, [probe.adapter], { probe: rule });
    const people = Array.from({ length: 20 }, (_, index) => ({
      address: `r${index}@${index < 10 ? "slow" : "quick"}.example`,
    }));
    await test.app.subscribers.add(people, { list: "everyone", source: "test" });
    await using _workers = await test.app.startWorkers(test.channels, never);
    await test.publish();
    await expect.poll(() => probe.calls.filter((address) => address.endsWith("quick.example")).length).toBe(10);
    const slow = () => probe.calls.filter((address) => address.endsWith("slow.example")).length;
    await expect.poll(async () => ((await countsOf(test)).pending ?? 0) + slow()).toBe(10);
    expect(slow()).toBeLessThanOrEqual(2);
  });

  it("stops contacting a provider that keeps deferring", async () => {
    await using backend = await open();
    const probe = openProbe();
    probe.answer = async ({ recipient }) => {
      if (recipient.address.endsWith("busy.example")) throw failure("temporary", "recipient");
      return {};
    };
    await using test = await openTestApp(backend, [probe.adapter]);
    const people = Array.from({ length: 60 }, (_, index) => ({
      address: `r${index}@${index % 2 ? "busy" : "free"}.example`,
    }));
    await test.app.subscribers.add(people, { list: "everyone", source: "test" });
    await using _workers = await test.app.startWorkers(test.channels, never);
    await test.publish();
    await expect.poll(async () => (await countsOf(test)).accepted).toBe(30);
    expect(probe.calls.filter((address) => address.endsWith("busy.example")).length).toBeLessThan(15);
  });

  it("can be cancelled during its hold time", async () => {
    await using backend = await open();
    const probe = openProbe();
    await using test = await openTestApp(backend, [probe.adapter], { probe: "holdSeconds: 2" });
    await addReaders(test, 5);
    await using _workers = await test.app.startWorkers(test.channels, never);
    await test.publish();
    await test.app.ledger.control(await campaignOf(test), "probe", "cancel", "test", "undo");
    await untilDue(test, 5);
    await untilIdle(test);
    expect(probe.calls).toEqual([]);
    expect(await countsOf(test)).toMatchObject({ cancelled: 5, accepted: 0 });
  });

  it("starts after its hold time, with its first share before the rest", async () => {
    await using backend = await open();
    const probe = openProbe();
    const rules = "holdSeconds: 0.5\n    canary: { share: 0.1, minimum: 3, waitSeconds: 3600 }";
    await using test = await openTestApp(backend, [probe.adapter], { probe: rules });
    await addReaders(test, 50);
    await using _workers = await test.app.startWorkers(test.channels, never);
    await test.publish();
    await expect.poll(() => probe.calls.length, { timeout: 120_000 }).toBe(5);
    await expect.poll(() => countsOf(test)).toMatchObject({ accepted: 5, pending: 45 });
  });

  it("stops automatically when too many of its first share are refused, and the rest gets nothing", async () => {
    await using backend = await open();
    const probe = openProbe();
    probe.answer = async () => {
      throw new DeliveryError({ kind: "permanent", scope: "recipient", code: "550", message: "no such user" });
    };
    // The six have to be refused before the others are due, on a busy machine too.
    const rules = "canary: { share: 0.1, minimum: 5, waitSeconds: 4 }";
    await using test = await openTestApp(backend, [probe.adapter], { probe: rules });
    await addReaders(test, 60);
    await using _workers = await test.app.startWorkers(test.channels, never);
    await test.publish();
    await expect
      .poll(async () => (await test.app.ledger.campaigns())[0], { timeout: 120_000 })
      .toMatchObject({
        state: "paused",
        reason: expect.stringContaining("of the first 6; the other readers have not got the email yet"),
      });
    await untilDue(test, 60);
    await untilIdle(test);
    expect(await countsOf(test)).toMatchObject({ refused: 6, pending: 54 });
  });

  it("is sent to each reader at the configured local time, in the site's time zone if theirs is unknown", async () => {
    await using backend = await open();
    const probe = openProbe();
    const soon = new Date(Date.now() + 90 * 60_000);
    const clock = (timeZone: string, at: Date): string =>
      at.toLocaleTimeString("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
    const hour = clock("Asia/Tokyo", soon);
    await using test = await openTestApp(backend, [probe.adapter], { probe: `readerTime: "${hour}"` });
    await addReaders(test, 5);
    const { pool } = test.app.database;
    const zones = ["Asia/Tokyo", "America/St_Johns", "Mars/Olympus'; --", "Europe/Berlin"];
    for (const [index, timezone] of zones.entries())
      await pool.query("update postrider.subscriber set attributes = $1 where address = $2", [
        ...[JSON.stringify({ timezone }), `reader${index}@example.org`],
      ]);
    await test.publish();
    const { rows } = await pool.query<{ address: string; due: Date }>(
      `select s.address, d.due_at as due from postrider.delivery d join postrider.subscriber s on s.id = d.subscriber_id
       order by s.address`,
    );
    const due = rows.map((row) => new Date(row.due));
    const shown = ["Asia/Tokyo", "America/St_Johns", "UTC", "Europe/Berlin", "UTC"];
    expect(due.map((at, index) => clock(shown[index] ?? "", at))).toEqual(Array(5).fill(hour));
    for (const at of due) {
      expect(at.getTime()).toBeGreaterThan(Date.now() - 3_600_000);
      expect(at.getTime()).toBeLessThan(Date.now() + 86_400_000);
    }
    expect(Math.abs((due[0]?.getTime() ?? 0) - soon.getTime())).toBeLessThan(60_000);
  });

  it("chooses the subject with the fewest unsubscriptions automatically, if so configured", async () => {
    await using backend = await open();
    const probe = openProbe();
    const subjects = new Map<string, string>();
    probe.answer = async ({ rendition, recipient }) => {
      subjects.set(recipient.address, rendition.subject);
      return {};
    };
    const rule = "subjectTest: { share: 0.4, waitSeconds: 4, winner: fewest-left }";
    await using test = await openTestApp(backend, [probe.adapter], { probe: rule });
    await addReaders(test, 200);
    const post = aPost({ subjects: ["One way to say it", "Another"] });
    await using _workers = await test.app.startWorkers(test.channels, never);
    await test.publish(post);
    await expect.poll(() => countsOf(test), { timeout: 120_000 }).toMatchObject({ sending: 0 });
    await expect.poll(async () => (await countsOf(test)).accepted, { timeout: 120_000 }).toBeGreaterThan(40);
    const trying = "select 1 from postrider.delivery where subject is not null and state <> 'accepted'";
    await expect.poll(async () => (await test.app.database.pool.query(trying)).rowCount, patient).toBe(0);
    const tried = new Map(subjects);
    const disappointed = [...tried].find(([, subject]) => subject === "One way to say it")?.[0] ?? "";
    await test.app.subscribers.unsubscribe(disappointed);
    await untilDue(test, 200);
    await test.publish(post);
    expect((await test.settled("hello.md", 60_000)).channels["probe"]?.counts).toMatchObject({ accepted: 200 });
    const rest = [...subjects].filter(([address]) => !tried.has(address));
    expect(rest.length).toBeGreaterThan(80);
    expect(new Set(rest.map(([, subject]) => subject))).toEqual(new Set(["Another"]));
    const [shown] = await test.app.ledger.campaigns(await campaignOf(test));
    expect(shown?.subjects?.chosen).toBe(2);
  });

  it("never opens more connections to the relay than configured, with any number of processes", async ({ skip }) => {
    await using backend = await open();
    if (!backend.databaseUrl) skip("the embedded database is one process's");
    await using sink = await openSink({ delayMs: 4 });
    const rules = { smtp: `url: "${sink.url}"\n    connections: 3` };
    await using one = await openTestApp(backend, [smtp], rules);
    await using two = await openTestApp(backend, [smtp], rules);
    // Enough for both processes to find a batch, whichever of them is quicker.
    await addReaders(one, 3000);
    await using _first = await one.app.startWorkers(one.channels, never);
    await using _second = await two.app.startWorkers(two.channels, never);
    // The first hears of the second with its next heartbeat.
    const { rows } = await one.app.database.pool.query("select now() as both");
    const heard = "select bool_and(seen_at > $1) as heard from postrider.worker";
    await expect
      .poll(async () => (await one.app.database.pool.query(heard, [rows[0].both])).rows, patient)
      .toEqual([{ heard: true }]);
    await one.publish();
    let most = 0;
    const sample = setInterval(() => {
      most = Math.max(most, sink.open());
    }, 5);
    const counts = (await one.settled()).channels["smtp"]?.counts;
    clearInterval(sample);
    expect(counts).toMatchObject({ accepted: 3000, uncertain: 0 });
    expect([...sink.accepted.values()].every((times) => times === 1)).toBe(true);
    expect(most).toBe(3);
  });

  it("writes its audience in parts, with the subscribers at the time of the decision", async () => {
    await using backend = await open();
    const probe = openProbe();
    await using test = await openTestApp(backend, [probe.adapter]);
    await addReaders(test, 23);
    await test.app.subscribers.unsubscribe("reader4@example.org");
    await test.app.subscribers.forget("reader5@example.org");
    const { ledger, database } = test.app;
    const id = await database.transaction(async (tx) => {
      const postId = await ledger.rememberPost(tx, aPost());
      const channels = test.channels.map((channel) => ({ channel, generation: 1 }));
      const publication = await ledger.createPublication(tx, {
        ...{ postId, revision: aPost().revision, actor: "test", channels },
      });
      expect(await release(tx, publication)).toBe(true);
      expect(await release(tx, publication)).toBe(false);
      return publication;
    });
    await addReaders(test, 30);
    const rounds: number[] = [];
    for (let open = 1; open > 0; rounds.push(open))
      ({ unfinished: open } = await database.transaction((tx) => freeze(tx, id, 10)));
    expect(rounds).toEqual([1, 1, 0]);
    expect(await database.transaction((tx) => freeze(tx, id, 10))).toEqual({ unfinished: 0, written: [] });
    const { rows } = await database.pool.query(
      "select prepared::int, excluded, frozen_at is not null as frozen from postrider.publication_channel",
    );
    const excluded = { unconfirmed: 0, unsubscribed: 1, "outside the segment": 0, "wanted less often": 0 };
    expect(rows).toEqual([{ prepared: 21, excluded, frozen: true }]);
    expect((await countsOf(test)).pending).toBe(21);
  });
});
