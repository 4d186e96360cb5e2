/**
 * How long each page of each list of the API takes, over HTTP, on a PostgreSQL server that it fills. For every list and
 * filter, it follows the pages from the first one and prints the median and the 95th percentile.
 * `BENCH_READERS` subscribers (default 100,000), `BENCH_DELIVERIES` deliveries (default 500,000); `BENCH_ONLY` for one
 * list; `BENCH_DATABASE` for the address of a database to fill, which is kept, and read again the next time. Exits with
 * 1 if a 95th percentile is over 150 ms.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sql } from "#core/ports/transaction.ts";
import { openTestApp } from "../test/support/app.ts";
import { openProbe } from "../test/support/probe.ts";
import { startPostgres } from "../test/support/start-servers.ts";

const readers = Number(process.env["BENCH_READERS"] ?? 100_000);
const deliveries = Number(process.env["BENCH_DELIVERIES"] ?? 500_000);
const most = 150;
/** Of each list and filter. */
const pages = 40;
const token = "a-l0ng-t0ken";

/** As many campaigns as it takes, each to everybody; the last one is half sent. Then small ones, and notes. */
async function fill(sql: Sql): Promise<void> {
  const campaigns = Math.ceil(deliveries / readers);
  const small = 200;
  await sql.query("insert into postrider.list (name, title) values ('everyone', 'Everyone'), ('few', 'Few')");
  await sql.query(
    `insert into postrider.subscriber (address, normalized, hash, name, attributes)
     select a, a, encode(sha256(a::bytea), 'hex'), 'Ada Quill', jsonb_build_object('city', case when n % 1000 = 0 then 'Bern' when n % 2 = 0 then 'Rome' else 'Oslo' end)
     from generate_series(1, $1::int) n, lateral (select 'reader' || n || '@' || case when n % 5000 = 0 then 'rare.example' else 'example' || n % 20 || '.org' end) x (a)`,
    [readers],
  );
  await sql.query(
    `insert into postrider.subscription (list_id, subscriber_id, state, source)
     select l.id, s.id, case when s.id % 50 = 0 then 'unsubscribed' when s.id % 200 = 1 then 'unconfirmed' else 'confirmed' end, 'bench'
     from postrider.list l, postrider.subscriber s where l.name = 'everyone' or s.id % 100 = 0`,
  );
  await sql.query(
    `insert into postrider.suppression (hash, reason) select hash, case when id % 300 = 0 then 'complaint' else 'hard-bounce' end
     from postrider.subscriber where id % 100 = 3 or id % 300 = 0`,
  );
  await sql.query(
    `with posts as (insert into postrider.post (id, url, title, published_at)
       select 'post' || n, 'https://example.org/' || n, 'Post ' || n, now() from generate_series(1, $1::int) n returning id),
     revisions as (insert into postrider.revision (post_id, hash, document) select id, 'h', '{}' from posts returning post_id),
     decided as (insert into postrider.publication (post_id, revision, actor, created_at, released_at)
       select post_id, 'h', 'bench', t, t from revisions, lateral (select now() - interval '1 hour' * ($1 - substr(post_id, 5)::int)) x (t)
       returning id, post_id)
     insert into postrider.publication_channel (publication_id, channel, post_id, adapter, medium, list, generation, open, frozen_at, prepared)
     select d.id, c, d.post_id, c, case when c = 'note' then 'note' else 'email' end, case c when 'probe' then 'everyone' when 'small' then 'few' end,
       1, n = $2 and c = 'probe', now(), case c when 'probe' then $3::int when 'small' then 100 else 1 end
     from decided d, lateral (select substr(d.post_id, 5)::int) x (n), unnest(array['probe', 'small', 'note']) c
     where (c <> 'probe' or n <= $2) and (c <> 'small' or n > $2)`,
    [campaigns + small, campaigns, readers],
  );
  // The campaigns one after the other, as they are sent; the small ones and the notes between them.
  for (let n = 1; n <= campaigns; n++)
    await sql.query(
      `insert into postrider.delivery (publication_id, post_id, channel, generation, recipient, subscriber_id, state, attempts, intent_at, settled_at, failure)
       select c.publication_id, c.post_id, c.channel, 1, s.hash, s.id, k.state, 1, t.at, case when k.state not in ('pending', 'retrying') then t.at end,
         case when k.state in ('refused', 'uncertain', 'retrying') then jsonb_build_object('kind', 'permanent', 'scope', 'recipient', 'code', case when s.id % 3 = 0 then '550' else '552' end, 'message', case when s.id % 3 = 0 then 'The mailbox does not exist' else 'The mailbox is full' end) end
       from postrider.publication_channel c, postrider.subscriber s, lateral (select case
           when $1 = $2 and s.id > $3 / 2 then case when s.id % 500 = 0 then 'retrying' else 'pending' end
           when s.id % 10007 = 0 then 'uncertain' when s.id % 97 = 0 then 'refused' when s.id % 211 = 0 then 'suppressed' else 'accepted' end) k (state),
         lateral (select now() - interval '1 second' * ((($2::int - $1::int + 1)::float8 * $3::int - s.id) / 5000)) t (at)
       where c.post_id = 'post' || $1::int and c.channel = 'probe' order by s.id`,
      [n, campaigns, readers],
    );
  await sql.query(
    `insert into postrider.delivery (publication_id, post_id, channel, generation, recipient, subscriber_id, state)
     select c.publication_id, c.post_id, c.channel, 1, s.hash, s.id, case when s.id % 9700 = 0 then 'refused' else 'accepted' end
     from postrider.publication_channel c, postrider.subscriber s where c.channel = 'small' and s.id <= 10000 and s.id % 100 = 0`,
  );
  await sql.query(
    `insert into postrider.delivery (publication_id, post_id, channel, generation, state, url)
     select publication_id, post_id, channel, 1, 'accepted', 'https://social.example/' || post_id from postrider.publication_channel where channel = 'note'`,
  );
  await sql.query(
    `insert into postrider.delivery_case (state, delivery_id, publication_id, channel)
     select state, id, publication_id, channel from postrider.delivery where state in ('refused', 'uncertain', 'retrying')`,
  );
  await sql.query(
    `insert into postrider.event (kind, post_id, publication_id, channel, delivery_id, data)
     select 'delivery.' || state, post_id, publication_id, channel, id, jsonb_build_object('from', 'sending') from postrider.delivery
     where state in ('refused', 'uncertain', 'retrying')`,
  );
  await sql.query(
    `insert into postrider.event (at, kind, post_id, publication_id, channel, data)
     select coalesce(min(settled_at), now()), k, post_id, publication_id, channel, jsonb_build_object('count', count(*), 'deliveries', jsonb_agg(id))
     from postrider.delivery, unnest(array['delivery.sending', 'delivery.accepted']) k
     where state = 'accepted' and recipient <> '' group by post_id, publication_id, channel, id / 250, k`,
  );
  await sql.query(
    `insert into postrider.bounce (digest, hash, delivery_id, tie, kind, counts, source, why, effect)
     select d.id::text, d.recipient, d.id, 'return-path', case when d.id % 3 = 0 then 'hard' else 'soft' end, true, 'dsn', 'a status', 'counted'
     from postrider.delivery d where d.id % 50 = 0 and d.recipient <> ''`,
  );
  await sql.query("update postrider.publication_channel set open = false where post_id <> 'post' || $1::int", [
    campaigns,
  ]);
  await sql.query("vacuum analyze");
}

/** What is asked for, with the values of an operator who has seen the page before. */
async function asked(sql: Sql): Promise<string[]> {
  const one = async (statement: string) => (await sql.query<{ value: string }>(statement)).rows[0]?.value ?? "";
  const of = (where: string) => one(`select id as value from postrider.delivery where ${where} order by id limit 1`);
  const campaign = await one("select publication_id as value from postrider.delivery order by id limit 1");
  const current = await one("select publication_id as value from postrider.publication_channel where open");
  const states = ["pending", "sending", "retrying", "accepted", "refused", "uncertain", "suppressed", "cancelled"];
  return [
    "/deliveries",
    ...states.map((state) => `/deliveries?state=${state}`),
    ...["accepted", "refused", "uncertain", "cancelled"].map(
      (state) => `/deliveries?campaign=${campaign}&state=${state}`,
    ),
    ...["pending", "retrying", "accepted"].map((state) => `/deliveries?campaign=${current}&state=${state}`),
    `/deliveries?campaign=${campaign}`,
    "/deliveries?post=post1",
    ...["probe", "small", "note", "none"].map((channel) => `/deliveries?channel=${channel}`),
    "/deliveries?channel=probe&state=uncertain",
    "/deliveries?channel=small&state=refused",
    "/deliveries?channel=small&state=accepted",
    "/deliveries?domain=example3.org",
    "/deliveries?domain=rare.example",
    "/deliveries?domain=none.example",
    `/deliveries?campaign=${campaign}&domain=rare.example`,
    "/deliveries?channel=small&domain=none.example",
    "/deliveries?code=550",
    "/deliveries?code=none",
    "/deliveries?text=mailbox+is+full&state=refused",
    "/deliveries?subscriber=700",
    "/deliveries?subscriber=700&state=refused",
    "/deliveries?limit=200",
    `/deliveries/${await of("state = 'accepted'")}`,
    `/deliveries/${await of("state = 'uncertain'")}`,
    "/subscribers",
    "/subscribers?limit=200",
    "/subscribers?list=everyone",
    "/subscribers?list=few",
    ...["confirmed", "unconfirmed", "unsubscribed", "suppressed"].flatMap((state) => [
      `/subscribers?state=${state}`,
      `/subscribers?list=everyone&state=${state}`,
    ]),
    "/subscribers?segment=city+%3D+%22Rome%22",
    "/subscribers?segment=city+%3D+%22Bern%22",
    "/subscribers?segment=city+%3D+%22None%22",
    "/subscribers?list=few&segment=city+%3D+%22Oslo%22",
    "/subscribers?segment=domain+%3D+%22rare.example%22",
    ...["r", "reader12", "reader777@", "none"].map((address) => `/subscribers?address=${address}`),
    "/subscribers?address=reader&state=unconfirmed",
    "/subscribers/700",
    "/lists",
    "/segments",
    "/suppressions",
    "/suppressions?list=everyone&reason=complaint",
    "/suppressions?reason=manual",
    "/bounces",
    "/bounces?kind=hard",
    "/bounces?kind=complaint",
    "/bounces?subscriber=700",
    "/bounces?delivery=700",
    "/publications",
    "/publications?post=post1",
    "/publications?channel=probe",
    "/publications?channel=small",
    "/posts?limit=50",
    "/campaigns",
    "/campaigns?limit=50",
    "/campaigns?channel=probe",
    "/campaigns?post=post1",
    `/campaigns/${current}`,
    "/jobs?limit=50",
    "/people",
    "/tokens",
    "/channels",
    "/workers",
    "/feeds",
    "/audit-log",
  ].filter((path) => path.includes(process.env["BENCH_ONLY"] ?? ""));
}

interface Measured {
  path: string;
  times: number[];
  items: number;
}

async function measure(url: string, path: string): Promise<Measured> {
  const measured: Measured = { path, times: [], items: 0 };
  let cursor = "";
  for (let page = 0; page < pages; page++) {
    const begun = performance.now();
    const response = await fetch(`${url}/api/v1${path}${cursor}`, { headers: { authorization: `Bearer ${token}` } });
    const body = (await response.json()) as { items?: unknown[]; next?: string | null };
    measured.times.push(performance.now() - begun);
    if (response.status !== 200) throw new Error(`${path}: ${JSON.stringify(body)}`);
    measured.items += body.items?.length ?? 1;
    // After its end, from the beginning again.
    cursor = body.next ? `${path.includes("?") ? "&" : "?"}cursor=${body.next}` : "";
  }
  return measured;
}

const dir = mkdtempSync(join(tmpdir(), "postrider-bench-"));
const kept = process.env["BENCH_DATABASE"];
const postgres = kept ? { url: kept, stop: async () => {} } : await startPostgres();
if (!postgres) throw new Error("PostgreSQL is needed on this machine");
try {
  await using test = await openTestApp(
    { dataDir: dir, databaseUrl: postgres.url },
    [openProbe().adapter],
    {},
    { apiToken: token },
  );
  const begun = performance.now();
  const sql = test.app.database.pool as Sql;
  const { rows: lists } = await sql.query("select from postrider.list");
  if (lists.length === 0) await fill(sql);
  console.log(
    `${readers.toLocaleString("en")} subscribers, ${deliveries.toLocaleString("en")} deliveries, filled in ${Math.round((performance.now() - begun) / 1000)} s`,
  );
  await using server = await test.app.startServer(test.channels, { host: "127.0.0.1", port: 0 });
  console.log(" median    95 %   items  of the first 40 pages");
  for (const path of await asked(sql)) {
    const { times, items } = await measure(server.url, path);
    const sorted = times.toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    const shown = [at(0.5), at(0.95)].map((ms) => ms.toFixed(1).padStart(7)).join(" ");
    console.log(`${shown} ${String(items).padStart(7)}  ${path}${at(0.95) > most ? `  over ${most} ms` : ""}`);
    if (at(0.95) > most) process.exitCode = 1;
  }
} finally {
  await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
}
process.exit();
