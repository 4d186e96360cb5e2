/** One engine behind many connections: each must believe that it is alone. */

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from "vitest";
import { type Embedded, openEmbedded } from "#store/database/embedded/open.ts";
import { silent } from "../../support/app.ts";
import { copyCluster } from "../../support/prepared-database.ts";

const dir = mkdtempSync(join(tmpdir(), "postrider-test-"));
let embedded: Embedded;
beforeAll(async () => {
  copyCluster(inject("emptyCluster"), dir);
  embedded = await openEmbedded(dir, { log: silent });
});
afterAll(async () => {
  await embedded[Symbol.asyncDispose]();
  rmSync(dir, { recursive: true, force: true });
});

async function connect(options: pg.ClientConfig = {}): Promise<pg.Client> {
  const client = new pg.Client({ ...embedded.connection, ...options });
  client.on("error", () => undefined);
  await client.connect();
  onTestFinished(() => client.end().catch(() => undefined));
  return client;
}

describe("Connections", () => {
  it("see no uncommitted changes of another transaction", async () => {
    const [a, b] = [await connect(), await connect()];
    await a.query("create table public.seen (id int)");
    await a.query("begin");
    await a.query("insert into public.seen values (1)");
    const counting = b.query<{ n: number }>("select count(*)::int as n from public.seen");
    await sleep(50);
    await a.query("rollback");
    expect((await counting).rows[0]?.n).toBe(0);
  });

  it("have a correct sum after two hundred concurrent transactions", async () => {
    const pool = new pg.Pool({ ...embedded.connection, max: 10 });
    await pool.query("create table public.sum (id int primary key, n int); insert into public.sum values (1, 0)");
    await Promise.all(
      Array.from({ length: 200 }, async () => {
        const client = await pool.connect();
        await client.query("begin");
        const { rows } = await client.query("select n from public.sum where id = 1 for update");
        await client.query("update public.sum set n = $1 where id = 1", [rows[0].n + 1]);
        await client.query("commit");
        client.release();
      }),
    );
    expect((await pool.query("select n from public.sum")).rows).toEqual([{ n: 200 }]);
    await pool.end();
  });

  it("lose their transaction when they are lost", async () => {
    const a = await connect();
    await a.query("create table public.broken (id int)");
    const b = await connect();
    await b.query("begin");
    await b.query("insert into public.broken values (1)");
    (b as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    await expect.poll(async () => (await a.query("select count(*)::int as n from public.broken")).rows[0].n).toBe(0);
  });

  it("have their own settings", async () => {
    const [a, b] = [await connect(), await connect({ options: "-c search_path=bullmq,public" })];
    await a.query("set search_path to pg_catalog");
    await a.query("set timezone to 'Asia/Tokyo'");
    expect((await b.query("show search_path")).rows[0].search_path).toBe("bullmq, public");
    expect((await b.query("show timezone")).rows[0].TimeZone).not.toBe("Asia/Tokyo");
    expect((await a.query("show search_path")).rows[0].search_path).toBe("pg_catalog");
  });

  it("have statements of their own under the same name", async () => {
    const [a, b] = [await connect(), await connect()];
    for (let turn = 0; turn < 3; turn++) {
      expect((await a.query({ name: "same", text: "select 1 as n" })).rows).toEqual([{ n: 1 }]);
      expect((await b.query({ name: "same", text: "select 2 as n" })).rows).toEqual([{ n: 2 }]);
    }
  });

  it("get only the notifications that they listen to", async () => {
    const [a, b, c] = [await connect(), await connect(), await connect()];
    const heard: string[] = [];
    a.on("notification", ({ channel, payload }) => heard.push(`a:${channel}:${payload}`));
    b.on("notification", ({ channel, payload }) => heard.push(`b:${channel}:${payload}`));
    await a.query('listen "One"');
    await b.query("listen two");
    await c.query(`select pg_notify('One', 'x')`);
    await c.query("notify two, 'y'");
    await expect.poll(() => heard.toSorted()).toEqual(["a:One:x", "b:two:y"]);
    await a.query("unlisten *");
    await c.query(`select pg_notify('One', 'z')`);
    await sleep(100);
    expect(heard).toHaveLength(2);
  });

  it("continue after an error, with and without parameters", async () => {
    const client = await connect();
    await expect(client.query("select 1/0")).rejects.toMatchObject({ code: "22012" });
    await expect(client.query("select $1::int / 0", [1])).rejects.toMatchObject({ code: "22012" });
    await client.query("begin");
    await expect(client.query("nonsense")).rejects.toMatchObject({ code: "42601" });
    await expect(client.query("select 1")).rejects.toMatchObject({ code: "25P02" });
    await client.query("rollback");
    expect((await client.query("select 1 as n")).rows).toEqual([{ n: 1 }]);
  });

  it("carry large values", async () => {
    const client = await connect();
    const text = "ä".repeat(2_000_000);
    expect((await client.query("select $1::text as t", [text])).rows[0].t).toBe(text);
  });

  it("are refused COPY, with a reason", async () => {
    const client = await connect();
    await client.query("create table public.copied (id int)");
    await expect(client.query("copy public.copied from stdin")).rejects.toMatchObject({ code: "0A000" });
    expect((await client.query("select 1 as n")).rows).toEqual([{ n: 1 }]);
  });

  it("never block the application's own work", async () => {
    const client = await connect();
    let worst = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      worst = Math.max(worst, now - last);
      last = now;
    }, 5);
    const { rows } = await client.query("select count(*)::int as n from generate_series(1, 3000000)");
    clearInterval(timer);
    expect(rows).toEqual([{ n: 3_000_000 }]);
    // The engine itself was busy for much longer than this.
    expect(worst).toBeLessThan(250);
  });

  const psql = ["/usr/bin/psql", "/usr/local/bin/psql"].find(existsSync);
  it.skipIf(!psql)("can be opened with psql", () => {
    const { host, user, database } = embedded.connection;
    expect(host).toBe(dirname(join(host, ".s.PGSQL.5432")));
    const output = execFileSync(psql ?? "", ["-h", host, "-U", user, "-Atc", "select 6 * 7", database], {
      encoding: "utf8",
    });
    expect(output.trim()).toBe("42");
  });
});
