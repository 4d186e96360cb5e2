/** Several processes that send for one site: one is killed, all are stopped, and the one that started them dies. */

import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { describeOnEveryBackend } from "../support/backends.ts";
import { mailSite, openTestSite, post, type Running, readersCsv, type TestSite } from "../support/cli.ts";
import { statFields } from "../support/process-stat.ts";
import { countsOf } from "../support/publications.ts";
import { openSink } from "../support/sink.ts";

/** The processes that this one has started. */
function childrenOf(parent: number | undefined): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => parentOf(name) === parent)
    .map(Number);
}

function parentOf(pid: string): number | undefined {
  try {
    return Number(statFields(pid)[1]);
  } catch {
    return undefined;
  }
}

function isThere(pid: number): boolean {
  return parentOf(String(pid)) !== undefined;
}

async function startWorkers(site: TestSite, count: number): Promise<Running & { said(): string }> {
  const running = await site.start("worker", "--processes", String(count));
  let said = "";
  running.child.stderr?.on("data", (text: string) => {
    said += text;
  });
  await expect.poll(() => said, { timeout: 120_000 }).toContain(`${count} processes are working for newsletter.`);
  return { ...running, said: () => said };
}

describeOnEveryBackend("Several worker processes", (open) => {
  it("send each email once although one of them is killed, start it again, and stop together", {
    timeout: 240_000,
  }, async () => {
    await using sink = await openSink({ delayMs: 20 });
    await using backend = await open();
    const env = {
      ...(backend.databaseUrl && { DATABASE_URL: backend.databaseUrl }),
      ...(backend.queueUrl && { QUEUE_URL: backend.queueUrl }),
    };
    const site = openTestSite(
      mailSite(sink.url),
      { "content/posts/hello.md": post("Hello"), "readers.csv": readersCsv(1_200) },
      env,
    );
    await site.run("subscribers", "import", "readers.csv", "--list", "everyone");
    await site.close();
    const workers = await startWorkers(site, 3);
    const before = childrenOf(workers.child.pid);
    expect(before).toHaveLength(3);
    await site.run("publish", "content/posts/hello.md", "--detach");
    await expect.poll(() => sink.accepted.size, { timeout: 120_000 }).toBeGreaterThan(200);
    const [killed = 0, ...others] = before;
    process.kill(killed, "SIGKILL");
    await expect.poll(workers.said, { timeout: 60_000 }).toMatch(/error: worker \d has ended \(SIGKILL\)/);
    await expect.poll(() => childrenOf(workers.child.pid).length, { timeout: 60_000 }).toBe(3);
    expect(childrenOf(workers.child.pid)).toEqual(expect.arrayContaining(others));

    const finished = async (): Promise<number> => {
      const { accepted = 0, uncertain = 0 } =
        countsOf(await site.run("publish", "content/posts/hello.md", "--json")) ?? {};
      return accepted + uncertain;
    };
    await expect.poll(finished, { timeout: 180_000, interval: 2_000 }).toBe(1_200);
    expect([...sink.accepted.values()].filter((times) => times > 1)).toEqual([]);

    const last = childrenOf(workers.child.pid);
    workers.child.kill("SIGTERM");
    expect((await workers.finished).status).toBe(0);
    expect(last.filter(isThere)).toEqual([]);
  });
});

it("stop when the process that started them is killed, and when they are told to stop at once", async () => {
  await using sink = await openSink();
  const site = openTestSite(mailSite(sink.url));
  await site.run("status");
  await site.close();
  const killed = await startWorkers(site, 2);
  const orphans = childrenOf(killed.child.pid);
  killed.child.kill("SIGKILL");
  await expect.poll(() => orphans.filter(isThere), { timeout: 60_000 }).toEqual([]);

  const stopped = await startWorkers(site, 2);
  const children = childrenOf(stopped.child.pid);
  stopped.child.kill("SIGINT");
  stopped.child.kill("SIGTERM");
  await stopped.finished;
  await expect.poll(() => children.filter(isThere), { timeout: 60_000 }).toEqual([]);
});

it("say why they can't start, and leave none running", async () => {
  const site = openTestSite(mailSite("smtp://127.0.0.1:1"), {}, { DATABASE_URL: "postgres://127.0.0.1:1/none" });
  const { status, stderr } = await (await site.start("worker", "--processes", "2")).finished;
  expect(status).toBe(1);
  expect(stderr).toMatch(/^worker [12]: error: .*127\.0\.0\.1:1/m);
  expect(stderr).toMatch(/^error: worker [12] could not start \(exit status 1\)\n {2}The lines above say why\.$/m);
  const wrong = await site.run("worker", "--processes", "0");
  expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining("expected a whole number from 1 to 64")]);
});
