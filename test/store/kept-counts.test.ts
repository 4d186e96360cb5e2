/** Whatever is written in whatever order, the kept numbers are the numbers of rows. */

import { expect, it } from "vitest";
import type { Sql } from "#core/ports/transaction.ts";
import { report } from "#store/publications/report.ts";
import { addUpCounts } from "#store/sending/kept-counts.ts";
import { openTestApp } from "../support/app.ts";
import { describeOnEveryBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";
import { randomFrom } from "../support/random.ts";

const readers = 80;

async function fill(sql: Sql): Promise<void> {
  await sql.query(`insert into postrider.list (name, title) values ('a', 'A'), ('b', 'B')`);
  await sql.query(
    `insert into postrider.subscriber (address, normalized, hash)
     select n || '@example.org', n || '@example.org', md5(n::text) from generate_series(1, ${readers}) n`,
  );
  await sql.query(
    `insert into postrider.subscription (list_id, subscriber_id, state, source)
     select l.id, s.id, 'confirmed', 'test' from postrider.list l, postrider.subscriber s`,
  );
  await sql.query(
    `with posts as (insert into postrider.post (id, url, title, published_at)
       select 'p' || n, 'https://example.org/' || n, 'P', now() from generate_series(1, 3) n returning id),
     revisions as (insert into postrider.revision (post_id, hash, document) select id, 'h', '{}' from posts returning post_id),
     decided as (insert into postrider.publication (post_id, revision, actor) select post_id, 'h', 'test' from revisions returning id, post_id)
     insert into postrider.publication_channel (publication_id, channel, post_id, adapter, medium, list, generation, open)
     select id, 'mail', post_id, 'x', 'email', 'a', 1, true from decided`,
  );
  await sql.query(
    `insert into postrider.delivery (publication_id, post_id, channel, generation, recipient, subscriber_id, state, subject)
     select c.publication_id, c.post_id, c.channel, 1, s.hash, s.id, 'pending', case when s.id % 3 > 0 then s.id % 3 end
     from postrider.publication_channel c, postrider.subscriber s`,
  );
}

const states = ["pending", "sending", "retrying", "accepted", "refused", "uncertain", "suppressed", "cancelled"];

async function change(sql: Sql, random: (below: number) => number): Promise<void> {
  const some = `id % 17 = ${random(17)}`;
  const state = states[random(states.length)];
  const failure = ["null", `'{"code":"550","message":"No mailbox"}'`, `'{"code":"had-it","message":"had it"}'`][
    random(3)
  ];
  const done = [
    `update postrider.delivery set state = '${state}', failure = ${failure}::jsonb where ${some}`,
    `update postrider.delivery set failure = ${failure}::jsonb where ${some}`,
    `update postrider.delivery set due_at = now() where ${some}`,
    `delete from postrider.delivery where id % 97 = ${random(97)}`,
    `update postrider.subscription set state = '${["confirmed", "unconfirmed", "unsubscribed"][random(3)]}'
     where subscriber_id % 7 = ${random(7)} and list_id = ${1 + random(2)}`,
    `delete from postrider.subscription where subscriber_id % 41 = ${random(41)} and list_id = ${1 + random(2)}`,
    `delete from postrider.subscriber where id = ${random(readers)}`,
    `insert into postrider.suppression (hash, list_id, reason) select hash, ${["null", 1, 2][random(3)]}, 'manual'
     from postrider.subscriber where id % 13 = ${random(13)} on conflict do nothing`,
    `delete from postrider.suppression where id % 5 = ${random(5)}`,
  ];
  await sql.query(done[random(done.length)] ?? "");
}

async function deliveriesNow(sql: Sql): Promise<unknown> {
  const { rows } = await sql.query(
    `select post_id as post, (select jsonb_object_agg(state, n) from (
         select state, count(*)::int as n from postrider.delivery d where d.publication_id = c.publication_id group by 1) s) as counts,
       (select jsonb_agg(f) from (
         select state, failure->>'code' as code, failure->>'message' as message, count(*)::int as count
         from postrider.delivery d where d.publication_id = c.publication_id and failure is not null
           and (state in ('refused', 'uncertain', 'retrying') or state = 'suppressed' and failure->>'code' = 'had-it')
         group by 1, 2, 3 order by count desc, state, code limit 5) f) as failures
     from postrider.publication_channel c order by 1`,
  );
  return rows;
}

async function deliveriesKept(sql: Sql): Promise<unknown> {
  const shown = (await report(sql)).toSorted((a, b) => (a.post < b.post ? -1 : 1));
  return shown.map(({ post, channels }) => {
    const { counts = {}, failures = [] } = channels["mail"] ?? {};
    const some = Object.entries(counts).filter(([, n]) => (n as number) > 0);
    return { post, counts: Object.fromEntries(some), failures: failures.length > 0 ? failures : null };
  });
}

async function listsNow(sql: Sql): Promise<unknown> {
  const { rows } = await sql.query(
    `select l.name, l.title, count(*) filter (where b.state = 'confirmed')::int as confirmed,
       count(*) filter (where b.state = 'unconfirmed')::int as unconfirmed,
       count(*) filter (where b.state = 'unsubscribed')::int as unsubscribed,
       count(*) filter (where b.state = 'confirmed' and exists (select from postrider.suppression x
         where x.hash = s.hash and (x.list_id is null or x.list_id = l.id)))::int as suppressed
     from postrider.list l left join postrider.subscription b on b.list_id = l.id
     left join postrider.subscriber s on s.id = b.subscriber_id group by l.id order by 1`,
  );
  return rows;
}

describeOnEveryBackend("Kept numbers", (open) => {
  it("are those of the rows, after any change, after they were added up, and after being counted anew", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const sql = test.app.database.pool as Sql;
    await fill(sql);
    const chance = randomFrom(20);
    const random = (below: number) => Math.floor(chance() * below);
    for (let step = 0; step < 60; step++) {
      await change(sql, random);
      if (step % 20 === 19) await addUpCounts(sql, 1);
      expect(await deliveriesKept(sql), `step ${step}`).toEqual(await deliveriesNow(sql));
      expect(await test.app.subscribers.lists(), `step ${step}`).toEqual(await listsNow(sql));
    }
    await sql.query("select postrider.count_anew()");
    expect(await deliveriesKept(sql)).toEqual(await deliveriesNow(sql));
  });

  it("are the same for everybody who changes rows at the same time", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const { database } = test.app;
    await fill(database.pool as Sql);
    const writer = async (seed: number): Promise<void> => {
      for (const each of Array.from({ length: 15 }, (_, at) => at))
        await database.transaction(async (tx: Sql) => {
          // In one order, so that nobody waits for each other.
          await tx.query(
            `update postrider.delivery set state = '${states[(seed + each) % states.length]}' where id = any(array(
               select id from postrider.delivery where id % 11 = ${each % 11} order by id for update))`,
          );
        });
    };
    const adding = (async () => {
      for (const _ of Array.from({ length: 15 })) await addUpCounts(database.pool as Sql, 1);
    })();
    await Promise.all([writer(1), writer(3), writer(5), adding]);
    expect(await deliveriesKept(database.pool as Sql)).toEqual(await deliveriesNow(database.pool as Sql));
  });
});
