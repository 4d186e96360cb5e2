/** What a user of the command line sees, with a real relay, on a machine where nothing else runs. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { mailSite, openTestSite, post, readersCsv } from "../support/cli.ts";
import { countsOf, type Publications } from "../support/publications.ts";
import { openSink } from "../support/sink.ts";

describe("publish", () => {
  it("reaches every imported reader once, over SMTP, feed and outbox; a second run sends nothing and reports it", async () => {
    await using sink = await openSink();
    const site = openTestSite(
      mailSite(sink.url, "  feed: { adapter: rss, out: public }\n  social: { adapter: outbox, dir: outbox }\n"),
      { "content/posts/hello.md": post("Hello"), "readers.csv": readersCsv(40) },
    );
    const imported = await site.run("subscribers", "import", "readers.csv", "--list", "everyone", "--json");
    expect(imported.json()).toMatchObject({ added: 40, known: 0, duplicates: 0, rejected: [] });

    const first = await site.run("publish", "content/posts/hello.md", "--json");
    expect(first.stderr).not.toContain("error");
    expect(first.status).toBe(0);
    const [publication] = first.json<Publications>().publications;
    expect(publication).toMatchObject({ post: "hello.md", url: "https://example.org/blog/hello/" });
    expect(publication?.revision).toMatch(/^[0-9a-f]{64}$/);
    expect(Object.keys(publication?.channels ?? {})).toEqual(["feed", "newsletter", "social"]);
    expect(countsOf(first)).toMatchObject({
      accepted: 40,
      refused: 0,
      uncertain: 0,
      pending: 0,
      suppressed: 0,
      retrying: 0,
    });
    expect(countsOf(first, "feed")?.accepted).toBe(1);
    expect(countsOf(first, "social")?.accepted).toBe(1);
    expect([...sink.accepted.values()]).toEqual(Array(40).fill(1));
    expect(readFileSync(join(site.dir, "public/feed.xml"), "utf8")).toContain("https://example.org/blog/hello/");
    expect(readdirSync(join(site.dir, "outbox")).length).toBeGreaterThan(0);

    const second = await site.run("publish", "content/posts/hello.md");
    expect(second.status).toBe(0);
    expect(second.stderr).toContain("not sent again");
    expect([...sink.accepted.values()]).toEqual(Array(40).fill(1));

    const status = await site.run("status", "content/posts/hello.md", "--json");
    expect(countsOf(status)?.accepted).toBe(40);
  });

  it("survives kill -9: everybody gets it, nobody twice, and only emails in transmission are uncertain", async () => {
    await using sink = await openSink({ delayMs: 4 });
    const site = openTestSite(mailSite(sink.url), {
      "content/posts/hello.md": post("Hello"),
      "readers.csv": readersCsv(300),
    });
    await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
    const running = await site.start("publish", "content/posts/hello.md");
    await expect.poll(() => sink.accepted.size, { timeout: 120_000, interval: 5 }).toBeGreaterThan(60);
    running.child.kill("SIGKILL");
    await running.finished;
    expect(sink.accepted.size).toBeLessThan(300);

    const again = await site.run("publish", "content/posts/hello.md", "--json");
    const counts = countsOf(again);
    expect(counts?.pending).toBe(0);
    expect((counts?.accepted ?? 0) + (counts?.uncertain ?? 0)).toBe(300);
    // Five connections: that many were in flight at most.
    expect(counts?.uncertain).toBeLessThanOrEqual(5);
    expect([...sink.accepted.values()].filter((times) => times > 1)).toEqual([]);
    expect(sink.accepted.size).toBeGreaterThanOrEqual(300 - (counts?.uncertain ?? 0));
    expect(again.status).toBe(counts?.uncertain ? 1 : 0);
  });

  it("finishes work in progress on Ctrl-C, and the same command continues", async () => {
    await using sink = await openSink({ delayMs: 4 });
    const site = openTestSite(mailSite(sink.url), {
      "content/posts/hello.md": post("Hello"),
      "readers.csv": readersCsv(300),
    });
    await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
    const running = await site.start("publish", "content/posts/hello.md", "--json");
    await expect.poll(() => sink.accepted.size, { timeout: 120_000, interval: 5 }).toBeGreaterThan(50);
    running.child.kill("SIGINT");
    const stopped = await running.finished;
    expect(stopped.stderr).toContain("Stopping");
    expect(countsOf(stopped)).toMatchObject({ accepted: sink.accepted.size, uncertain: 0 });
    expect(stopped.status).toBe(1);
    const again = await site.run("publish", "content/posts/hello.md", "--json");
    expect(countsOf(again)).toMatchObject({ accepted: 300, uncertain: 0, pending: 0 });
    expect([...sink.accepted.values()].every((times) => times === 1)).toBe(true);
  });

  it("refuses one bad recipient and sends to all others", async () => {
    await using sink = await openSink({ unknown: ["reader3@example.org"] });
    const site = openTestSite(mailSite(sink.url), {
      "content/posts/hello.md": post("Hello"),
      "readers.csv": readersCsv(10),
    });
    await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
    const result = await site.run("publish", "content/posts/hello.md", "--json");
    expect(result.status).toBe(1);
    expect(countsOf(result)).toMatchObject({ accepted: 9, refused: 1 });
    expect(result.stdout + result.stderr).not.toContain("reader3@example.org");
  });

  it("reports once that the password is wrong, and keeps everybody for later", async () => {
    await using sink = await openSink({ password: "right" });
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the configuration that fills it in
    const site = openTestSite(mailSite("${SMTP_URL}"), {
      "content/posts/hello.md": post("Hello"),
      "readers.csv": readersCsv(1_100),
    });
    site.env["SMTP_URL"] = sink.url.replace("smtp://", "smtp://user:wr0ng-s3cret@");
    await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
    const result = await site.run("publish", "content/posts/hello.md", "--json");
    expect(result.status).toBe(1);
    expect(countsOf(result)).toMatchObject({ pending: 1_100, accepted: 0, refused: 0 });
    expect(result.json<Publications>().publications[0]?.channels["newsletter"]?.stalled).toMatchObject({
      code: "EAUTH",
    });
    expect(sink.logins()).toBe(1);
    expect(result.stderr.match(/refused the login/g)).toHaveLength(1);
    expect(result.stdout + result.stderr).not.toContain("wr0ng-s3cret");

    site.env["SMTP_URL"] = sink.url.replace("smtp://", "smtp://user:right@");
    const mended = await site.run("publish", "content/posts/hello.md", "--json");
    expect(countsOf(mended)).toMatchObject({ accepted: 1_100, pending: 0 });
    expect([...sink.accepted.values()].every((times) => times === 1)).toBe(true);
  });

  it("tries again while the relay is down, then reports it", async () => {
    const site = openTestSite(mailSite("smtp://127.0.0.1:1"), {
      "content/posts/hello.md": post("Hello"),
      "readers.csv": readersCsv(1_100),
    });
    await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
    const result = await site.run("publish", "content/posts/hello.md");
    expect(result.status).toBe(1);
    expect(result.stdout).toMatch(/newsletter: stopped: /);
    expect(result.stderr).toContain("1,100 deliveries still to be sent");
    expect(result.stderr.match(/next try in \d+ s/g)).toHaveLength(4);
    expect(result.stderr.match(/error: newsletter: stopped/g)).toHaveLength(1);
  });

  it("schedules a post with a date in the future and sends nothing", async () => {
    await using sink = await openSink();
    const site = openTestSite(mailSite(sink.url), {
      "content/posts/later.md": post("Later").replace("2026-01-05", "2999-01-05"),
      "readers.csv": readersCsv(2),
    });
    await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
    const result = await site.run("publish", "content/posts/later.md", "--json");
    expect(result.status).toBe(0);
    expect(result.stderr).toContain("Scheduled for 2999-01-05T09:00:00.000Z");
    expect(countsOf(result)).toMatchObject({ accepted: 0, pending: 0 });
    expect(sink.accepted.size).toBe(0);
  });

  it("only shows what it would do in a dry run", async () => {
    await using sink = await openSink();
    const site = openTestSite(mailSite(sink.url), {
      "content/posts/hello.md": post("Hello"),
      "readers.csv": readersCsv(4),
    });
    await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
    const result = await site.run("publish", "content/posts/hello.md", "--dry-run", "--json");
    expect(result.json()).toMatchObject({
      plan: { posts: [{ channels: [{ channel: "newsletter", action: "send", audience: { recipients: 4 } }] }] },
    });
    expect(sink.accepted.size).toBe(0);
    const status = await site.run("status", "--json");
    expect(status.json()).toEqual({ publications: [] });
  });

  it("leaves the sending to a worker when detached; a worker in a second process sends it", async () => {
    await using sink = await openSink();
    const site = openTestSite(mailSite(sink.url), {
      "content/posts/hello.md": post("Hello"),
      "readers.csv": readersCsv(30),
    });
    await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
    const worker = await site.start("worker");
    await expect
      .poll(() => existsSync(join(site.dir, ".postrider/run/.s.PGSQL.5432")), { timeout: 120_000 })
      .toBe(true);
    const result = await site.run("publish", "content/posts/hello.md", "--detach");
    expect(result.status).toBe(0);
    await expect.poll(() => sink.accepted.size, { timeout: 120_000 }).toBe(30);
    // What the relay has is written down in groups, a moment later.
    const accepted = async () => countsOf(await site.run("status", "--json"))?.accepted;
    await expect.poll(accepted, { timeout: 120_000 }).toBe(30);
    worker.child.kill("SIGTERM");
    expect((await worker.finished).status).toBe(0);
  });

  it("uses only the named channels", async () => {
    await using sink = await openSink();
    const site = openTestSite(mailSite(sink.url, "  feed: { adapter: rss, out: public }\n"), {
      "content/posts/hello.md": post("Hello"),
    });
    const result = await site.run("publish", "content/posts/hello.md", "--channels", "feed", "--json");
    expect(Object.keys(result.json<Publications>().publications[0]?.channels ?? {})).toEqual(["feed"]);
    const wrong = await site.run("publish", "content/posts/hello.md", "--channels", "newsleter");
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toContain('did you mean "newsletter"?');
  });

  it.skipIf(!inject("postgresUrl"))("works the same on a PostgreSQL server", async () => {
    const { default: pg } = await import("pg");
    const server = inject("postgresUrl") ?? "";
    const name = `cli_${process.pid}`;
    const client = new pg.Client(server);
    await client.connect();
    await client.query(`create database ${name}`);
    try {
      await using sink = await openSink();
      const site = openTestSite(mailSite(sink.url), {
        "content/posts/hello.md": post("Hello"),
        "readers.csv": readersCsv(25),
      });
      site.env["DATABASE_URL"] = new URL(`/${name}`, server).href;
      await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
      const result = await site.run("publish", "content/posts/hello.md", "--json");
      expect(countsOf(result)?.accepted).toBe(25);
      expect(existsSync(join(site.dir, ".postrider"))).toBe(false);
    } finally {
      await client.query(`drop database ${name} with (force)`);
      await client.end();
    }
  });
});
