/** The embedded database as its users meet it: durable, one owner, a second process as a guest. */

import { type ChildProcess, fork } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { PostriderError } from "#core/errors.ts";
import { type Embedded, openEmbedded } from "#store/database/embedded/open.ts";
import { silent } from "../../support/app.ts";
import { copyCluster } from "../../support/prepared-database.ts";
import { tempDir } from "../../support/temp.ts";

const script = fileURLToPath(new URL("../../support/embedded-process.ts", import.meta.url));

interface Said {
  role?: "owner" | "client";
  committed?: string;
  peakMegabytes?: number;
}

function dataDir(): string {
  const dir = tempDir();
  copyCluster(inject("emptyCluster"), dir);
  return dir;
}

function start(dir: string, ...args: string[]): { child: ChildProcess; said: Said[]; gone: Promise<void> } {
  const child = fork(script, [dir, ...args], { execArgv: ["--conditions=source"], stdio: "inherit" });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const said: Said[] = [];
  child.on("message", (message: Said) => said.push(message));
  return { child, said, gone: new Promise((resolve) => child.once("exit", () => resolve())) };
}

async function connected(embedded: Embedded): Promise<pg.Client> {
  const client = new pg.Client(embedded.connection);
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

describe("The embedded database", () => {
  it("is created if there is none, and keeps its data after it was closed", async () => {
    const dir = tempDir();
    const first = await openEmbedded(dir, { log: silent });
    const client = await connected(first);
    await client.query("create table public.kept (id int); insert into public.kept values (1)");
    await client.end();
    await first[Symbol.asyncDispose]();
    expect(existsSync(join(dir, "run", "lock"))).toBe(false);

    await using second = await openEmbedded(dir, { log: silent });
    expect(second.role).toBe("owner");
    const again = await connected(second);
    expect((await again.query("select id from public.kept")).rows).toEqual([{ id: 1 }]);
    await again.end();
  });

  it("is created again if its creation was interrupted", async () => {
    const dir = tempDir();
    mkdirSync(join(dir, "pg.new"));
    writeFileSync(join(dir, "pg.new", "PG_VERSION"), "18\n");
    await using embedded = await openEmbedded(dir, { log: silent });
    expect(embedded.role).toBe("owner");
    expect(existsSync(join(dir, "pg.new"))).toBe(false);
  });

  it("loses nothing committed if its process is killed repeatedly, and can be opened at once", async () => {
    const dir = dataDir();
    const committed: string[] = [];
    for (let round = 0; round < 4; round++) {
      const running = start(dir, "insert", `round${round}`);
      await expect
        .poll(() => running.said.filter(({ committed }) => committed).length, { timeout: 120_000, interval: 1 })
        .toBeGreaterThan(10 + round * 7);
      running.child.kill("SIGKILL");
      await running.gone;
      expect(running.said[0]).toEqual({ role: "owner" });
      committed.push(...running.said.flatMap(({ committed }) => committed ?? []));
    }
    await using embedded = await openEmbedded(dir, { log: silent });
    const client = await connected(embedded);
    const { rows } = await client.query<{ id: string }>("select id from public.mark");
    await client.end();
    const present = new Set(rows.map(({ id }) => id));
    expect(committed.length).toBeGreaterThan(40);
    expect(committed.filter((id) => !present.has(id))).toEqual([]);
  });

  it.skipIf(process.platform !== "linux")(
    "needs no more than 250 MB for a process that runs many statements",
    async () => {
      const worker = start(dataDir(), "work");
      await expect.poll(() => worker.said.length, { timeout: 120_000 }).toBe(2);
      expect(worker.said[1]?.peakMegabytes).toBeGreaterThan(50);
      expect(worker.said[1]?.peakMegabytes).toBeLessThan(250);
    },
  );

  it("serves a second process, and waits for it before it closes", async () => {
    const dir = dataDir();
    const owner = await openEmbedded(dir, { log: silent });
    const guest = start(dir, "insert", "guest");
    await expect.poll(() => guest.said.length, { timeout: 120_000 }).toBeGreaterThan(5);
    expect(guest.said[0]).toEqual({ role: "client" });
    let closed = false;
    const closing = owner[Symbol.asyncDispose]().then(() => {
      closed = true;
    });
    const before = guest.said.length;
    await expect.poll(() => guest.said.length, { timeout: 120_000 }).toBeGreaterThan(before + 5);
    expect(closed).toBe(false);
    guest.child.kill("SIGKILL");
    await closing;
  });

  it("has one owner if several processes start at the same moment", async () => {
    const dir = dataDir();
    const all = Array.from({ length: 4 }, (_, index) => start(dir, "insert", `p${index}`));
    await expect.poll(() => all.every(({ said }) => said.length > 3), { timeout: 120_000 }).toBe(true);
    expect(all.map(({ said }) => said[0]?.role).sort()).toEqual(["client", "client", "client", "owner"]);
  });

  it("lets another process take over after the owner was killed", async () => {
    const dir = dataDir();
    const owner = start(dir, "insert", "first");
    await expect.poll(() => owner.said.length, { timeout: 120_000 }).toBeGreaterThan(3);
    owner.child.kill("SIGKILL");
    await owner.gone;
    expect(readdirSync(join(dir, "run"))).toContain("lock");
    await using next = await openEmbedded(dir, { log: silent });
    expect(next.role).toBe("owner");
  });

  it("is not opened with files of another major version", async () => {
    const dir = dataDir();
    writeFileSync(join(dir, "pg", "PG_VERSION"), "17\n");
    const error = await openEmbedded(dir, { log: silent }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PostriderError);
    expect(String(error)).toContain("PostgreSQL 17");
    expect(existsSync(join(dir, "run", "lock"))).toBe(false);
  });
});
