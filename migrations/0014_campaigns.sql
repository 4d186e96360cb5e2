-- Sending to many. What changes with every mail touches no index, so that PostgreSQL can change it in place (heap-only tuples).
drop index postrider.delivery_open;
drop index postrider.delivery_worker;
drop index postrider.delivery_channel;
create index delivery_channel on postrider.delivery (publication_id, channel, id);
alter table postrider.delivery set (fillfactor = 60);
-- A person who is forgotten leaves a number that stands for nobody; checking it would lock a row for each reader.
alter table postrider.delivery drop constraint delivery_subscriber_id_fkey;

-- A share of the deliveries that a worker has in hand: tells whose what is `sending` was, should the worker die.
create table postrider.claim (
  id uuid primary key,
  worker_id uuid not null references postrider.worker (id),
  publication_id uuid not null,
  channel text not null,
  from_id bigint not null,
  to_id bigint not null,
  created_at timestamptz not null default now()
);
create index claim_worker on postrider.claim (worker_id);
insert into postrider.claim (id, worker_id, publication_id, channel, from_id, to_id)
  select claim, worker_id, publication_id, channel, min(id), max(id) from postrider.delivery
  where state = 'sending' and claim is not null and worker_id is not null group by 1, 2, 3, 4;
alter table postrider.delivery drop column worker_id;

alter table postrider.publication_channel
  -- Something may still be due: what is not open needs no looking at.
  add column open boolean not null default true,
  -- How it is to be sent: pace, hold, canary, limits. As configured when it was decided.
  add column rules jsonb not null default '{}',
  -- The audience is written in shares, in the order of subscribers; who comes later is not among them.
  add column frozen_up_to bigint not null default 0,
  add column audience_to bigint,
  add column frozen_at timestamptz,
  -- Rows written, and who was on the list and got none: counted in the same statement that wrote them.
  add column prepared bigint not null default 0,
  add column excluded jsonb not null default '{}',
  -- Refused and uncertain ones so far, for the rule that stops by itself.
  add column failed bigint not null default 0,
  add column paused_at timestamptz,
  add column pause_reason text,
  add column cancelled_at timestamptz;
update postrider.publication_channel c set prepared = n.count, frozen_at = p.released_at
  from postrider.publication p,
    (select publication_id, channel, count(*) from postrider.delivery group by 1, 2) n
  where p.id = c.publication_id and n.publication_id = c.publication_id and n.channel = c.channel;
create index publication_channel_open on postrider.publication_channel (channel) where open;

-- One event for each statement and state, with the ids of the deliveries: thousands of mails a second leave as many ids
-- and not as many rows. What is not ordinary keeps a row of its own, with its reason.
create or replace function postrider.log_changed_deliveries() returns trigger language plpgsql as $$
begin
  insert into postrider.event (kind, post_id, publication_id, channel, data)
  select 'delivery.' || n.state, n.post_id, n.publication_id, n.channel,
    jsonb_build_object('count', count(*), 'deliveries', jsonb_agg(n.id))
  from after_rows n join before_rows o using (id)
  where n.state <> o.state and n.state in ('sending', 'accepted')
  group by n.state, n.post_id, n.publication_id, n.channel;
  insert into postrider.event (kind, post_id, publication_id, channel, delivery_id, data)
  select 'delivery.' || n.state, n.post_id, n.publication_id, n.channel, n.id,
    jsonb_strip_nulls(jsonb_build_object('from', o.state, 'attempts', n.attempts, 'failure', n.failure, 'remoteId', n.remote_id))
  from after_rows n join before_rows o using (id)
  where n.state <> o.state and n.state not in ('sending', 'accepted');
  return null;
end $$;

-- Token buckets that all workers share: how much may go out, and until when nothing may.
create table postrider.pace (
  key text primary key,
  tokens float8 not null,
  at timestamptz not null,
  blocked_until timestamptz
);

-- Takes up to `wanted` tokens from a bucket that holds `burst` and fills at `rate` a second; and how long to wait for the next.
create function postrider.take_pace(bucket text, rate float8, burst float8, wanted int, out granted int, out wait_ms float8)
language plpgsql as $$
declare
  held postrider.pace;
  instant timestamptz := clock_timestamp();
  available float8;
begin
  insert into postrider.pace values (bucket, burst, instant, null) on conflict do nothing;
  select * into held from postrider.pace where key = bucket for update;
  if held.blocked_until > instant then
    granted := 0;
    wait_ms := extract(epoch from held.blocked_until - instant) * 1000;
    return;
  end if;
  available := least(burst, held.tokens + rate * greatest(0, extract(epoch from instant - held.at)));
  granted := least(wanted, floor(available));
  wait_ms := case when granted > 0 then 0 when rate > 0 then (1 - available) / rate * 1000 else 3600000 end;
  update postrider.pace set tokens = available - granted, at = instant where key = bucket;
end $$;
