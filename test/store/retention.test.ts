import { expect, it } from "vitest";
import { openTestApp } from "../support/app.ts";
import { describeOnEveryBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";

const rules =
  "retention: { unconfirmedDays: 30, networkDays: 60, engagementDays: 90, bounceDays: 120, auditLogDays: 200 }\n";

describeOnEveryBackend("What is known of people", (open) => {
  it("is erased after its time and not a day before; confirmed subscribers are kept", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter], {}, {}, {}, rules);
    const { pool } = test.app.database;
    for (const list of ["everyone", "other"])
      await test.app.subscribers.add([{ address: "kept@example.org" }, { address: "new@example.org" }], {
        list,
        source: "test",
      });
    await test.app.subscribers.add([{ address: "never@example.org" }], { list: "everyone", source: "test" });
    const age = (table: string, column: string, where: string, days: number) =>
      pool.query(`update postrider.${table} set ${column} = now() - make_interval(days => ${days}) where ${where}`);
    const of = (name: string) =>
      `subscriber_id = (select id from postrider.subscriber where address = '${name}@example.org')`;
    const other = "list_id = (select id from postrider.list where name = 'other')";
    await pool.query(
      `update postrider.subscription set state = 'unconfirmed' where ${of("never")} or (${other} and (${of("kept")} or ${of("new")}))`,
    );
    await age("subscription", "since", `${of("never")} or ${of("kept")}`, 31);
    await age("subscription", "since", of("new"), 29);
    await pool.query(
      `insert into postrider.consent (subscriber_id, list_id, action, form, network, at)
       select subscriber_id, list_id, 'confirmed', 'page', '192.0.2.1', now() - make_interval(days => d)
       from postrider.subscription, unnest(array[59, 61]) d where ${of("kept")} and not ${other}`,
    );
    await pool.query(
      `insert into postrider.bounce (at, digest, kind, counts, source, why, effect)
       select now() - make_interval(days => d), d::text, 'soft', true, 'dsn', 'x', 'noted' from unnest(array[119, 121]) d`,
    );
    await pool.query(
      `insert into postrider.audit_log (act_id, kind, act, actor, door, about, at)
       select gen_random_uuid(), 'alone', 'x', 'test', 'library', '{}', now() - make_interval(days => d)
       from unnest(array[199, 201]) d`,
    );
    const expected = { unconfirmed: 2, networks: 1, engagement: 0, bounces: 1, auditLog: 1 };
    expect(await test.app.desk.retain(true)).toEqual(expected);
    expect(await test.app.desk.retain(true)).toEqual(expected);
    expect(await test.app.desk.retain(false)).toEqual(expected);
    expect(await test.app.desk.retain(false)).toEqual({
      ...{ unconfirmed: 0, networks: 0, engagement: 0, bounces: 0, auditLog: 0 },
    });
    expect(await test.app.subscribers.find("never@example.org")).toBeNull();
    expect((await test.app.subscribers.find("kept@example.org"))?.lists).toMatchObject([
      { name: "everyone", state: "confirmed" },
    ]);
    expect((await test.app.subscribers.find("new@example.org"))?.lists).toHaveLength(2);
    const { rows } = await pool.query("select network from postrider.consent order by at");
    expect(rows).toEqual([{ network: null }, { network: "192.0.2.1" }]);
  });
});
