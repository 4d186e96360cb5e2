/** An operator's weeks: what is withdrawn, moved, cancelled or finished, and what happens after that. Each as a person does it. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type Backend, describeOnEveryBackend } from "../support/backends.ts";
import { mailSite, openTestSite, post, readersCsv, type TestSite } from "../support/cli.ts";
import { countsOf } from "../support/publications.ts";
import { openSink } from "../support/sink.ts";

const readers = 6;
const feedAndNotes = "  feed: { adapter: rss, out: public }\n  social: { adapter: outbox, dir: outbox }\n";

interface Status {
  publications: {
    channels: Record<
      string,
      { scheduledFor?: string; withdrawnAt?: string; cancelledAt?: string; counts: Record<string, number> }
    >;
  }[];
}

interface Campaigns {
  campaigns: { id: string; channel: string; state: string; working: boolean; secondsLeft: number | null }[];
}

async function openSite(backend: Backend, relay: string, more = feedAndNotes): Promise<TestSite> {
  const site = openTestSite(
    mailSite(relay, more),
    { "content/posts/hello.md": post("Hello"), "readers.csv": readersCsv(readers) },
    {
      ...(backend.databaseUrl && { DATABASE_URL: backend.databaseUrl }),
      ...(backend.queueUrl && { QUEUE_URL: backend.queueUrl }),
    },
  );
  expect((await site.run("subscribers", "import", "readers.csv", "--list", "everyone")).status).toBe(0);
  return site;
}

function inHours(hours: number): string {
  return `${new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 16)}:00Z`;
}

async function channelsOf(site: TestSite): Promise<Status["publications"][number]["channels"]> {
  return (await site.run("status", "--json")).json<Status>().publications[0]?.channels ?? {};
}

const hello = "content/posts/hello.md";

describeOnEveryBackend("an operator's weeks", (open) => {
  it("sends nothing of a scheduled post that is withdrawn, and reports it for each channel", async () => {
    await using backend = await open();
    await using sink = await openSink();
    const site = await openSite(backend, sink.url);
    await site.run("publish", hello, "--at", inHours(1), "--detach");
    const shown = await site.run("withdraw", hello, "--dry-run");
    for (const channel of ["newsletter", "feed", "social"])
      expect(shown.stderr).toMatch(new RegExp(`${channel}: is scheduled for 20.*that is cancelled`));
    const withdrawn = await site.run("withdraw", hello, "--reason", "too early");
    expect(withdrawn.status).toBe(0);
    for (const channel of ["newsletter", "feed", "social"])
      expect(withdrawn.stdout).toContain(`${channel}: scheduled publication cancelled`);
    const channels = await channelsOf(site);
    for (const channel of Object.values(channels)) {
      expect(channel.scheduledFor).toBeUndefined();
      expect(channel.withdrawnAt).toBeDefined();
    }
    // Neither the command nor a new time nor an edit brings it back; `--at now` would release what is still scheduled.
    for (const args of [[], ["--at", "now"], ["--at", inHours(2)]]) {
      const again = await site.run("publish", hello, ...args);
      expect(again.stderr).toContain("Withdrawn from newsletter, feed, social: not sent");
    }
    for (const mode of ["retry", "update", "finish"]) {
      const tried = await site.run("republish", hello, "--mode", mode);
      expect(tried.stderr).toContain("the post was withdrawn");
    }
    expect(sink.accepted.size).toBe(0);
    expect(existsSync(join(site.dir, "outbox")) ? readdirSync(join(site.dir, "outbox")) : []).toEqual([]);
    // On purpose it goes out, to everybody once.
    const reposted = await site.run("republish", hello, "--mode", "repost", "--reason", "it is time now");
    expect(reposted.status).toBe(0);
    expect([...sink.accepted.values()]).toEqual(Array(readers).fill(1));
    expect(readFileSync(join(site.dir, "public/feed.xml"), "utf8")).toContain("<title>Hello</title>");
  });

  it("reschedules a post for some or all channels, and refuses a time in the past", async () => {
    await using backend = await open();
    await using sink = await openSink();
    const site = await openSite(backend, sink.url);
    const [first, second, third] = [inHours(3), inHours(5), inHours(7)];
    // A wrong date must not send it at once.
    expect((await site.run("publish", hello, "--at", "2026-01-05T09:00:00Z")).status).toBe(1);
    await site.run("publish", hello, "--at", first, "--detach");
    const plan = await site.run("plan", hello, "--channels", "newsletter", "--at", second);
    expect(plan.stdout).toContain(`moved from ${new Date(first).toISOString()} to ${new Date(second).toISOString()}`);
    const moved = await site.run("publish", hello, "--channels", "newsletter", "--at", second, "--detach");
    expect(moved.status).toBe(0);
    expect(moved.stderr).toContain(
      `Rescheduled: newsletter from ${new Date(first).toISOString()} to ${new Date(second).toISOString()}`,
    );
    const times = async (): Promise<Record<string, string | undefined>> =>
      Object.fromEntries(
        Object.entries(await channelsOf(site)).map(([name, { scheduledFor }]) => [name, scheduledFor]),
      );
    const iso = (time: string): string => new Date(time).toISOString();
    expect(await times()).toEqual({ feed: iso(first), newsletter: iso(second), social: iso(first) });
    const past = await site.run("publish", hello, "--at", "2026-01-05T09:00:00Z");
    expect(past.status).toBe(1);
    expect(past.stderr).toContain("has passed");
    expect(past.stderr).toContain("--at now");
    expect(await times()).toEqual({ feed: iso(first), newsletter: iso(second), social: iso(first) });
    // An edit before it goes is what goes.
    site.write(hello, post("Hello").replace("title: Hello", "title: Hello edited"));
    const all = await site.run("publish", hello, "--at", third, "--detach");
    expect(all.stderr).toMatch(/The post was edited\. .*newsletter.* will send the new version/);
    expect(await times()).toEqual({ feed: iso(third), newsletter: iso(third), social: iso(third) });
    const now = await site.run("publish", hello, "--at", "now");
    expect(now.status).toBe(0);
    expect([...sink.accepted.values()]).toEqual(Array(readers).fill(1));
    expect(sink.lastMail()).toContain("Subject: Hello edited");
    const late = await site.run("publish", hello, "--at", inHours(4));
    expect(late.status).toBe(1);
    expect(late.stderr).toContain("Nothing was rescheduled: sending has already started on newsletter, feed, social");
    expect([...sink.accepted.values()]).toEqual(Array(readers).fill(1));
  });

  it("reschedules a post when its own date changes", async () => {
    await using backend = await open();
    const [first, second] = [inHours(3), inHours(26)];
    const site = await openSite(backend, "smtp://127.0.0.1:9");
    const dated = (time: string): string => post("Hello").replace("2026-01-05T09:00:00Z", time);
    site.write(hello, dated(first));
    await site.run("publish", hello, "--detach");
    site.write(hello, dated(second));
    const moved = await site.run("publish", hello, "--detach");
    expect(moved.stderr).toContain(
      `newsletter, feed, social from ${new Date(first).toISOString()} to ${new Date(second).toISOString()}`,
    );
  });

  it("publishes a post again that was cancelled before anybody got it, if it is named", async () => {
    await using backend = await open();
    await using sink = await openSink();
    const site = await openSite(backend, sink.url, "");
    await site.run("publish", hello, "--at", inHours(1), "--detach");
    const { campaigns } = (await site.run("campaigns", "list", "--json")).json<Campaigns>();
    await site.run("campaigns", "cancel", campaigns[0]?.id ?? "");
    expect((await site.run("republish", hello, "--mode", "finish")).stderr).toContain(
      "cancelled before it was sent to anybody; `postrider publish` sends it",
    );
    const again = await site.run("publish", hello, "--at", inHours(2), "--detach");
    expect(again.stderr).toContain("Scheduled for");
    const published = await site.run("publish", hello, "--at", "now");
    expect(published.status).toBe(0);
    expect(published.stderr).not.toContain("nobody was on the list");
    expect([...sink.accepted.values()]).toEqual(Array(readers).fill(1));
    expect((await site.run("publish", hello)).stderr).toContain("Already published to newsletter");
  });

  it("finishes a cancelled mailing for those who did not get it, once each, and shows this as a plan", async () => {
    await using backend = await open();
    const unknown = ["reader1@example.org"];
    // Slow enough to be looked at and stopped on the way.
    const relay = { unknown, delayMs: 2_000 };
    await using sink = await openSink(relay);
    const site = await openSite(backend, sink.url, "");
    site.write("postrider.yaml", mailSite(sink.url).replace("list: everyone", "list: everyone, connections: 1"));
    const running = await site.start("publish", hello, "--json");
    while (sink.accepted.size === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    const { campaigns } = (await site.run("campaigns", "list", "--json")).json<Campaigns>();
    expect(campaigns[0]).toMatchObject({ state: "sending", working: true });
    const id = campaigns[0]?.id ?? "";
    running.child.kill("SIGTERM");
    await running.finished;
    relay.delayMs = 0;
    const idle = await site.run("campaigns", "show", id);
    expect(idle.stdout).toContain("No worker is running for newsletter");
    expect(idle.stdout).not.toContain("left");
    expect((await site.run("status")).stderr).toContain("No worker is running for newsletter");
    await site.run("campaigns", "pause", id);
    expect((await site.run("campaigns", "resume", id)).stdout).toContain("No worker is running for newsletter");
    await site.run("campaigns", "cancel", id);
    const had = sink.accepted.size;
    expect(had).toBeLessThan(readers);
    const cancelled = await site.run("publish", hello, "--at", inHours(1));
    expect(cancelled.stderr).toContain("Cancelled for newsletter");
    expect(cancelled.stderr).toContain("--mode finish");
    expect((await site.run("campaigns", "resume", id)).stderr).toContain("--mode finish");

    const retried = await site.run("republish", hello, "--dry-run");
    expect(retried.stderr).toContain("it was cancelled; `--mode finish` sends it to everybody who did not get it");
    await site.run("subscribers", "remove", "reader5@example.org", "--list", "everyone");
    const plan = await site.run("republish", hello, "--mode", "finish", "--dry-run");
    const left = sink.accepted.has("reader5@example.org") ? 0 : 1;
    expect(plan.stderr).toMatch(new RegExp(`${readers - had - left} recipients?: is sent to those who did not get it`));
    expect(plan.stderr).toContain(`${had} got it and get nothing more`);
    unknown.length = 0;
    const finished = await site.run("republish", hello, "--mode", "finish", "--json");
    expect(finished.status).toBe(0);
    expect(countsOf(finished)).toMatchObject({ accepted: readers - left, cancelled: 0, pending: 0 });
    expect([...sink.accepted.values()]).toEqual(Array(readers - left).fill(1));
    expect((await site.run("republish", hello, "--mode", "finish")).stderr).toContain("nothing was cancelled");
  });

  it("leaves a withdrawn post out of digests, the archive and the feed, and stops a digest that contains it", async () => {
    await using backend = await open();
    await using sink = await openSink();
    const site = await openSite(backend, sink.url);
    site.write(
      "postrider.yaml",
      mailSite(
        sink.url,
        `  weekly: { adapter: smtp, url: "${sink.url}", from: "A Blog <news@example.org>", list: everyone }
  feed: { adapter: rss, out: public }
`,
      ),
    );
    const today = new Date(Date.now() - 3_600_000).toISOString();
    site.write(hello, post("Hello").replace("2026-01-05T09:00:00Z", today));
    site.write("content/posts/other.md", post("Other").replace("2026-01-05T09:00:00Z", today));
    site.write(
      "jobs/digest.yaml",
      "kind: campaign\nposts: { since: 7d }\naudience: { list: everyone }\nchannels: [weekly]\nreview: { to: [editor@example.org] }\n",
    );
    site.write(
      "jobs/plain.yaml",
      "kind: campaign\nposts: { since: 7d }\naudience: { list: everyone }\nchannels: [weekly]\n",
    );
    await site.run("publish", hello, "--channels", "newsletter,feed");
    expect((await site.run("jobs", "run", "digest")).status).toBe(0);
    const withdrawn = await site.run("withdraw", hello, "--reason", "wrong numbers");
    expect(withdrawn.stderr).toContain(
      "edition 1 of digest: contains this post and was not sent; it will be cancelled",
    );
    expect((await site.run("jobs", "approve", "digest/1")).status).toBe(1);
    sink.accepted.clear();
    const mailed = await site.run("jobs", "run", "plain");
    expect(mailed.status).toBe(0);
    expect([...sink.accepted.entries()].filter(([address]) => address.startsWith("reader"))).toHaveLength(readers);
    expect(sink.lastMail()).toContain("Other");
    expect(sink.lastMail()).not.toContain("Hello");
    const feed = readFileSync(join(site.dir, "public/feed.xml"), "utf8");
    expect(feed).toContain("This post was withdrawn by its author.");
  });
});
