/** Pages of deliveries and readers: whatever the filter and the size of the pages, all pages together are the list. */

import { expect, it } from "vitest";
import type { DeliveryFilter } from "#core/listings/delivery-list.ts";
import type { Found, Slice } from "#core/listings/page.ts";
import type { SubscriberFilter } from "#core/listings/reader-list.ts";
import type { Sql } from "#core/ports/transaction.ts";
import { deliveryPage } from "#store/listings/deliveries.ts";
import { readerPage } from "#store/listings/readers.ts";
import { openTestApp } from "../support/app.ts";
import { describeOnEveryBackend } from "../support/backends.ts";
import { openProbe } from "../support/probe.ts";

const publications = 12;
const readers = 60;

/** Twelve publications on two channels, to sixty readers, with ids that alternate between the publications. */
async function fill(sql: Sql): Promise<void> {
  await sql.query(`insert into postrider.list (name, title) values ('a', 'A'), ('b', 'B')`);
  await sql.query(
    `insert into postrider.subscriber (address, normalized, hash, attributes)
     select 'r' || n || '@' || d, 'r' || n || '@' || d, md5(n::text), jsonb_build_object('city', case when n % 7 = 0 then 'Bern' else 'Rome' end)
     from generate_series(1, ${readers}) n, lateral (select case when n % 5 = 0 then 'rare.example' else 'often.example' end) x (d)`,
  );
  await sql.query(
    `insert into postrider.subscription (list_id, subscriber_id, state, source)
     select l.id, s.id, case when s.id % 11 = 0 then 'unsubscribed' when s.id % 13 = 0 then 'unconfirmed' else 'confirmed' end, 'test'
     from postrider.list l, postrider.subscriber s where l.name = 'a' or s.id % 3 = 0`,
  );
  await sql.query(
    `insert into postrider.suppression (hash, list_id, reason)
     select hash, case when id % 2 = 0 then null else (select id from postrider.list where name = 'b') end, 'manual'
     from postrider.subscriber where id % 6 = 0`,
  );
  await sql.query(
    `with posts as (insert into postrider.post (id, url, title, published_at)
       select 'p' || n, 'https://example.org/' || n, 'P', now() from generate_series(1, ${publications}) n returning id),
     revisions as (insert into postrider.revision (post_id, hash, document) select id, 'h', '{}' from posts returning post_id),
     decided as (insert into postrider.publication (post_id, revision, actor) select post_id, 'h', 'test' from revisions returning id, post_id)
     insert into postrider.publication_channel (publication_id, channel, post_id, adapter, medium, list, generation, open)
     select d.id, c, d.post_id, 'x', case when c = 'mail' then 'email' else 'note' end, 'a', 1, d.post_id in ('p1', 'p2')
     from decided d, unnest(array['mail', 'note']) c`,
  );
  await sql.query(
    `insert into postrider.delivery (publication_id, post_id, channel, generation, recipient, subscriber_id, state)
     select c.publication_id, c.post_id, c.channel, 1, s.hash, s.id, 'pending'
     from postrider.publication_channel c, postrider.subscriber s where c.channel = 'mail' order by md5(c.post_id || s.hash)`,
  );
  await sql.query(
    `insert into postrider.delivery (publication_id, post_id, channel, generation, state)
     select publication_id, post_id, channel, 1, 'pending' from postrider.publication_channel where channel = 'note'`,
  );
  // Some were in trouble and are not any more; only those of open publications still wait.
  await sql.query(
    `update postrider.delivery set state = 'retrying', failure = '{"code":"450","message":"Greylisted"}' where id % 4 = 0`,
  );
  await sql.query(
    `update postrider.delivery set failure = case when id % 9 < 2 then jsonb_build_object('code', '55' || id % 3, 'message', 'No Mailbox ' || id % 3) end,
       state = case when id % 9 = 0 then 'refused' when id % 9 = 1 then 'uncertain' when id % 9 = 2 then 'suppressed' else 'accepted' end
     where post_id not in ('p1', 'p2')`,
  );
}

/** Small enough that every page comes to its end. */
const reaches = [
  { entries: 10_000, publications: 100 },
  { entries: 30, publications: 3 },
  { entries: 1, publications: 1 },
];

async function everyPage<Item>(limit: number, page: (slice: Slice) => Promise<Found<Item>>): Promise<Item[]> {
  const all: Item[] = [];
  let after: string | null = null;
  for (let count = 0; count < 5_000; count++) {
    const found: Found<Item> = await page({ after, limit });
    expect(found.items.length).toBeLessThanOrEqual(limit);
    all.push(...found.items);
    if (found.after === null) return all;
    after = found.after;
  }
  throw new Error("the pages have no end");
}

describeOnEveryBackend("Pages of lists", (open) => {
  it("together are exactly what a filter selects, in one order, also where a page ends before its limit", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const sql = test.app.database.pool as Sql;
    await fill(sql);
    const { rows: all } = await sql.query<{
      id: string;
      campaign: string;
      post: string;
      channel: string;
      state: string;
      domain: string | null;
      code: string | null;
      text: string | null;
      subscriber: string | null;
    }>(
      `select d.id, d.publication_id as campaign, d.post_id as post, d.channel, d.state, split_part(s.address, '@', 2) as domain,
         d.failure->>'code' as code, d.failure->>'message' as text, d.subscriber_id as subscriber
       from postrider.delivery d left join postrider.subscriber s on s.id = d.subscriber_id order by d.id desc`,
    );
    expect(all).toHaveLength(publications * (readers + 1));
    const campaign = all.find(({ post }) => post === "p5")?.campaign ?? "";
    const subscriber = all.find(({ domain }) => domain === "rare.example")?.subscriber ?? "";
    const filters: DeliveryFilter[] = [
      {},
      { campaign },
      { post: "p1" },
      { channel: "mail" },
      { channel: "note" },
      { channel: "none" },
      ...(["pending", "sending", "retrying", "accepted", "refused", "uncertain", "suppressed"] as const).map(
        (state) => ({ state }),
      ),
      { domain: "rare.example" },
      { domain: "none.example" },
      { code: "551" },
      { code: "551", state: "refused" },
      { text: "no mailbox 2" },
      { text: "greylisted", channel: "mail" },
      { subscriber },
      { subscriber, state: "refused" },
      { subscriber, post: "p3", channel: "mail" },
      { campaign, state: "refused", channel: "mail" },
      { campaign, channel: "note" },
      { channel: "mail", state: "uncertain", domain: "rare.example" },
      { post: "p7", state: "accepted", domain: "often.example" },
    ];
    let wanted = 0;
    for (const filter of filters) {
      const fits = all.filter((row) =>
        Object.entries(filter).every(([name, value]) =>
          name === "text" ? row.text?.toLowerCase().includes(value) : row[name as keyof typeof row] === value,
        ),
      );
      const expected = fits.map(({ id }) => id);
      wanted += expected.length;
      for (const reach of reaches)
        for (const limit of reach.entries === 1 ? [4] : [3, 50]) {
          const found = await everyPage(limit, (slice) => deliveryPage(sql, filter, slice, reach));
          expect(
            found.map(({ id }) => id),
            JSON.stringify({ filter, reach, limit }),
          ).toEqual(expected);
        }
    }
    expect(wanted).toBeGreaterThan(all.length);
  });

  it("of readers do the same for lists, states, segments and beginnings of addresses", async () => {
    await using backend = await open();
    await using test = await openTestApp(backend, [openProbe().adapter]);
    const sql = test.app.database.pool as Sql;
    await fill(sql);
    const subscription = (condition: string) =>
      `exists (select from postrider.subscription b join postrider.list l on l.id = b.list_id where b.subscriber_id = s.id and ${condition})`;
    const suppressed =
      "b.state = 'confirmed' and exists (select from postrider.suppression x where x.hash = s.hash and (x.list_id is null or x.list_id = l.id))";
    const filters: [SubscriberFilter, string][] = [
      [{}, "true"],
      [{ list: "b" }, subscription("l.name = 'b'")],
      [{ state: "unsubscribed" }, subscription("b.state = 'unsubscribed'")],
      [{ list: "b", state: "unsubscribed" }, subscription("l.name = 'b' and b.state = 'unsubscribed'")],
      [{ state: "confirmed" }, subscription("b.state = 'confirmed'")],
      [{ state: "suppressed" }, subscription(suppressed)],
      [{ list: "a", state: "suppressed" }, subscription(`l.name = 'a' and ${suppressed}`)],
      [{ segment: 'city = "Bern"' }, "attributes->>'city' = 'Bern'"],
      [
        { segment: 'city = "Bern"', list: "b", state: "confirmed" },
        `attributes->>'city' = 'Bern' and ${subscription("l.name = 'b' and b.state = 'confirmed'")}`,
      ],
      [{ address: " R1" }, "address like 'r1%'"],
      [{ address: "r2", segment: 'domain = "rare.example"' }, "address like 'r2%@rare.example'"],
      [{ address: "r3", list: "b" }, `address like 'r3%' and ${subscription("l.name = 'b'")}`],
      [{ address: "none" }, "false"],
    ];
    for (const [filter, condition] of filters) {
      const order = filter.address === undefined ? "id desc" : 'address collate "C"';
      const { rows } = await sql.query<{ id: string }>(
        `select id from postrider.subscriber s where ${condition} order by ${order}`,
      );
      for (const reach of reaches)
        for (const limit of [2, 50]) {
          const found = await everyPage(limit, (slice) => readerPage(sql, filter, slice, reach));
          expect(
            found.map(({ id }) => id),
            JSON.stringify({ filter, reach, limit }),
          ).toEqual(rows.map(({ id }) => id));
        }
    }
  });
});
