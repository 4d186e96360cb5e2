/** People: added once, never revived by an import, erased without being forgotten to be left alone. */

import { expect, it } from "vitest";
import { openTestApp } from "../support/app.ts";
import { describeOnEveryBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";

describeOnEveryBackend("Subscribers", (open) => {
  it("are one person in upper and lower case; later values are added, existing ones not changed", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const { subscribers } = test.app;
    const options = { list: "everyone", source: "test" };
    expect(await subscribers.add([{ address: " Ada@Example.org " }, { address: "ada@example.org" }], options)).toEqual({
      added: 1,
      known: 0,
      forgotten: 0,
    });
    expect(await subscribers.add([{ address: "ADA@example.org", name: "Ada" }], options)).toEqual({
      added: 0,
      known: 1,
      forgotten: 0,
    });
    await subscribers.add([{ address: "ada@example.org", name: "Somebody else" }], options);
    expect(await subscribers.find("aDa@example.org")).toMatchObject({ address: "Ada@Example.org", name: "Ada" });
  });

  it("who unsubscribed are not added by an import", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const { subscribers } = test.app;
    await subscribers.add([{ address: "ada@example.org" }], { list: "everyone", source: "first" });
    expect(await subscribers.unsubscribe("ada@example.org", "everyone")).toBe(1);
    expect(await subscribers.unsubscribe("ada@example.org", "everyone")).toBe(0);
    await subscribers.add([{ address: "ada@example.org" }], { list: "everyone", source: "second" });
    const ada = await subscribers.find("ada@example.org");
    expect(ada?.lists).toMatchObject([{ name: "everyone", state: "unsubscribed", source: "first" }]);
    const [channel] = test.channels;
    expect(channel && (await test.app.ledger.audienceOf(channel))).toEqual({ pending: 0, suppressed: 0 });
  });

  it("who are forgotten leave no address anywhere, and are not added again", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const { subscribers, database } = test.app;
    const options = { list: "everyone", source: "test" };
    await subscribers.add([{ address: "ada@example.org", name: "Ada Lovelace" }], options);
    expect(await subscribers.forget("ada@example.org")).toBe(true);
    const { rows: tables } = await database.pool.query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema in ('postrider', 'bullmq')",
    );
    for (const { name } of tables) {
      const schema = ["postrider", "bullmq"];
      for (const one of schema) {
        const { rows } = await database.pool
          .query<{ row: string }>(`select t::text as row from ${one}."${name}" t`)
          .catch(() => ({ rows: [] }));
        expect(
          rows.map(({ row }) => row).filter((row) => /ada@example|Lovelace/i.test(row)),
          name,
        ).toEqual([]);
      }
    }
    expect(await subscribers.add([{ address: "ADA@example.org" }], options)).toMatchObject({ added: 0, forgotten: 1 });
    const [channel] = test.channels;
    expect(channel && (await test.app.ledger.audienceOf(channel))).toEqual({ pending: 0, suppressed: 0 });
  });

  it("who are forgotten stay forgotten for any earlier suppression, and the evidence is erased", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const { subscribers, suppressions, openImport } = test.app.desk;
    const options = { list: "everyone", source: "import:cleaned.csv" };
    const run = await openImport({ ...options, digest: "x" });
    const row = { line: 2, address: "ada@example.org", name: "", language: "", attributes: {} } as const;
    const proof = "optin_ip 192.0.2.7";
    await run.prepare([{ ...row, state: "bounced", proof, frequency: "each" }], 1)();
    await suppressions.add("ada@example.org", { reason: "Ada asked on the phone", actor: "test", list: "everyone" });
    await subscribers.forget("ada@example.org");
    const left = await Array.fromAsync(suppressions.list());
    expect(left.map(({ reason, evidence }) => ({ reason, evidence }))).toEqual([
      { reason: "forgotten", evidence: null },
      { reason: "manual", evidence: null },
    ]);
    expect(await suppressions.lift("ada@example.org", { reason: "a mistake", actor: "test" })).toBe(1);
    expect(await subscribers.add([{ address: "ada@example.org" }], options)).toMatchObject({ added: 0, forgotten: 1 });
    const [channel] = test.channels;
    expect(channel && (await test.app.ledger.audienceOf(channel))).toEqual({ pending: 0, suppressed: 0 });
  });

  it("are exported unchanged, page by page", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const people = Array.from({ length: 2_300 }, (_, index) => ({
      address: `r${index}@example.org`,
      name: `R ${index}`,
    }));
    await test.app.subscribers.add(people, { list: "everyone", source: "test" });
    await test.app.subscribers.add(people.slice(0, 10), { list: "weekly", source: "test" });
    const all = await Array.fromAsync(test.app.subscribers.export());
    expect(all).toHaveLength(2_310);
    const weekly = await Array.fromAsync(test.app.subscribers.export("weekly"));
    expect(weekly.map(({ address }) => address)).toEqual(people.slice(0, 10).map(({ address }) => address));
    expect(weekly[0]).toMatchObject({ name: "R 0", list: "weekly", state: "confirmed", source: "test" });
  });
});
