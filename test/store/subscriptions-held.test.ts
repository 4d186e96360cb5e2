/** A subscription has its list and its subscriber, whoever writes: the database says so, once for each statement. */

import { expect, it } from "vitest";
import { openTestApp } from "../support/app.ts";
import { describeOnEveryBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";

describeOnEveryBackend("A subscription", (open) => {
  it("needs an existing list and subscriber, and can't be moved", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const { pool } = test.app.database;
    const people = [{ address: "ada@example.org" }, { address: "bob@example.org" }];
    await test.app.subscribers.add(people, { list: "everyone", source: "test" });
    const subscribe = "insert into postrider.subscription (list_id, subscriber_id, state, source) ";
    const person = "(select max(id) from postrider.subscriber)";
    const list = "(select max(id) from postrider.list)";
    await expect(pool.query(`${subscribe} values (99, ${person}, 'confirmed', 'x')`)).rejects.toThrow("to a list");
    await pool.query("insert into postrider.list (name, title) values ('weekly', 'Weekly')");
    await expect(
      pool.query(`${subscribe} select ${list}, id, 'confirmed', 'x' from generate_series(1, 99) id`),
    ).rejects.toThrow("of a subscriber who is not there");
    await expect(pool.query(`update postrider.subscription set list_id = ${list}`)).rejects.toThrow("stays with");
    await expect(pool.query("delete from postrider.list where name = 'everyone'")).rejects.toThrow(
      "with subscriptions",
    );
    await pool.query("delete from postrider.list where name = 'weekly'");
  });

  it("is deleted with its subscriber only", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const people = [{ address: "ada@example.org" }, { address: "bob@example.org" }];
    await test.app.subscribers.add(people, { list: "everyone", source: "test" });
    await test.app.subscribers.forget("ada@example.org");
    const left = await Array.fromAsync(test.app.subscribers.export());
    expect(left.map(({ address }) => address)).toEqual(["bob@example.org"]);
    const { rows } = await test.app.database.pool.query<{ n: number }>(
      "select count(*)::int as n from postrider.subscription",
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  it("is refused if its subscriber is erased at the same moment, and otherwise protects the subscriber", async ({
    skip,
  }) => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    skip(test.app.database.kind === "embedded", "it has one session: there nothing happens at the same moment");
    const { pool, transaction } = test.app.database;
    await test.app.subscribers.add([{ address: "ada@example.org" }], { list: "everyone", source: "test" });
    await pool.query("insert into postrider.list (name, title) values ('weekly', 'Weekly')");
    const subscribe = `insert into postrider.subscription (list_id, subscriber_id, state, source)
      select l.id, s.id, 'confirmed', 'x' from postrider.list l, postrider.subscriber s where l.name = 'weekly'`;
    const erase = "delete from postrider.subscriber";
    const waiting = async (): Promise<void> => {
      const sql = "select from pg_locks where not granted";
      while ((await pool.query(sql)).rowCount === 0);
    };
    const first = await transaction(async (tx) => {
      await tx.query(subscribe);
      const erased = pool.query(erase);
      await waiting();
      return { erased };
    });
    await first.erased;
    const rest = "select count(*)::int as n from postrider.subscription";
    expect((await pool.query<{ n: number }>(rest)).rows).toEqual([{ n: 0 }]);

    await test.app.subscribers.add([{ address: "bob@example.org" }], { list: "everyone", source: "test" });
    const second = await transaction(async (tx) => {
      await tx.query(erase);
      const refused = pool.query(subscribe).then(
        () => "taken",
        (error: Error) => error.message,
      );
      await waiting();
      return { refused };
    });
    expect(await second.refused).toContain("of a subscriber who is not there");
  });
});
