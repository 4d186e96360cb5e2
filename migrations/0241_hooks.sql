-- Webhooks out: the addresses in the configuration, and what each of them is told. A message is written in the
-- transaction of what it tells, so that a crash loses none.
create table postrider.hook (
  id int generated always as identity primary key,
  url text not null unique,
  -- Names as in messages, such as publication.finished.
  events text[] not null,
  -- Each publication's and each reader's messages one after another.
  ordered boolean not null,
  -- It is not in the configuration any more.
  removed_at timestamptz,
  -- Its receiver answered that it is gone.
  off_at timestamptz
);

create table postrider.hook_message (
  -- Its place in the order, and where a page of a list continues.
  number bigint generated always as identity primary key,
  id uuid not null unique default gen_random_uuid(),
  hook_id int not null references postrider.hook (id),
  event text not null,
  -- What is told one after another: a publication, or subscriber:<id>.
  resource text,
  at timestamptz not null default clock_timestamp(),
  -- No addresses and names of readers: they are added when it is sent, so that forgetting a person erases them.
  data jsonb not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'given-up')),
  -- Since it was written or replayed.
  tries int not null default 0,
  due_at timestamptz not null default now(),
  -- While a process sends it.
  claimed_until timestamptz,
  settled_at timestamptz
);
create index hook_message_due on postrider.hook_message (hook_id, due_at) where state = 'waiting';
create index hook_message_order on postrider.hook_message (hook_id, resource, number) where state = 'waiting';
create index hook_message_hook on postrider.hook_message (hook_id, number);
create index hook_message_settled on postrider.hook_message (settled_at) where state <> 'waiting';

create table postrider.hook_attempt (
  id bigint generated always as identity primary key,
  message bigint not null references postrider.hook_message (number) on delete cascade,
  at timestamptz not null default now(),
  -- null: no answer came.
  status int,
  error text
);
create index hook_attempt_message on postrider.hook_attempt (message);

-- Restored rows tell nothing new.
create function postrider.hooks_are_on() returns boolean language sql as $$
  select coalesce(current_setting('postrider.restoring', true), '') <> 'on'
    and exists (select from postrider.hook where removed_at is null and off_at is null)
$$;

create function postrider.tell_hooks() returns trigger language plpgsql as $$
begin
  if not postrider.hooks_are_on() then return null; end if;
  insert into postrider.hook_message (hook_id, event, resource, at, data)
  select h.id, n.name, coalesce(n.publication_id::text, n.post_id), n.at, jsonb_strip_nulls(jsonb_build_object(
      'post', coalesce(n.post_id, p.post_id), 'title', r.document->>'title', 'url', r.document->>'url',
      'publication', n.publication_id, 'channel', n.channel,
      'deliveries', case when n.delivery_id is not null then jsonb_build_array(n.delivery_id::text) else (
        select jsonb_agg(d) from jsonb_array_elements_text(n.data->'deliveries') d) end,
      'channels', n.data->'channels', 'counts', n.data->'counts', 'scheduledFor', n.data->'scheduledFor',
      'reason', n.data->'reason', 'failure', n.data#>'{failure,code}',
      'kind', case when n.kind = 'bounce' then n.data->'kind' end,
      'code', case when n.kind = 'channel.stalled' then n.data->'code' end))
  from (
    select e.*, case kind
      when 'campaign.pause' then 'campaign.paused' when 'campaign.resume' then 'campaign.resumed'
      when 'campaign.cancel' then 'campaign.cancelled' when 'channel.finished' then 'campaign.finished'
      when 'channel.stalled' then 'campaign.stalled'
      when 'bounce' then case when data->>'kind' = 'complaint' then 'delivery.complained' else 'delivery.bounced' end
      else kind end as name
    from added e) n
  join postrider.hook h on n.name = any(h.events) and h.removed_at is null and h.off_at is null
  left join postrider.publication p on p.id = n.publication_id
  left join postrider.revision r on r.post_id = p.post_id and r.hash = p.revision
  order by n.id;
  if exists (select from added where kind = 'channel.finished') then
    perform postrider.tell_finished(array(select distinct publication_id from added where kind = 'channel.finished' order by 1));
  end if;
  return null;
end $$;

-- A publication is finished when its last channel is. Of two channels that end at the same moment, the second waits for
-- the first, so that one of them sees that it is the last.
create function postrider.tell_finished(publications uuid[]) returns void language plpgsql as $$
declare
  one uuid;
begin
  if not exists (select from postrider.hook h where 'publication.finished' = any(h.events) and removed_at is null and off_at is null)
  then return; end if;
  foreach one in array publications loop
    perform pg_advisory_xact_lock(hashtextextended(one::text, 241));
    insert into postrider.hook_message (hook_id, event, resource, data)
    select h.id, 'publication.finished', one::text, jsonb_strip_nulls(jsonb_build_object(
      'post', p.post_id, 'title', r.document->>'title', 'url', r.document->>'url', 'publication', p.id,
      'channels', (select jsonb_object_agg(c.channel, (
          select e.data->'counts' from postrider.event e
          where e.publication_id = one and e.channel = c.channel and e.kind = 'channel.finished' order by e.id desc limit 1))
        from postrider.publication_channel c where c.publication_id = one)))
    from postrider.publication p
    join postrider.hook h on 'publication.finished' = any(h.events) and h.removed_at is null and h.off_at is null
    left join postrider.revision r on r.post_id = p.post_id and r.hash = p.revision
    where p.id = one and not exists (
      select from postrider.publication_channel c where c.publication_id = one and c.open)
    order by h.id;
  end loop;
end $$;

create trigger event_hooks after insert on postrider.event
  referencing new table as added for each statement execute function postrider.tell_hooks();

create function postrider.tell_hooks_of_consents() returns trigger language plpgsql as $$
begin
  if not postrider.hooks_are_on() then return null; end if;
  insert into postrider.hook_message (hook_id, event, resource, at, data)
  select h.id, n.name, 'subscriber:' || n.subscriber_id, n.at,
    jsonb_build_object('subscriber', n.subscriber_id::text, 'list', l.name, 'form', n.form)
  from (select c.*, case action when 'confirmed' then 'subscriber.confirmed' when 'left' then 'subscriber.unsubscribed' end as name
    from added c) n
  join postrider.list l on l.id = n.list_id
  join postrider.hook h on n.name = any(h.events) and h.removed_at is null and h.off_at is null
  order by n.id;
  return null;
end $$;
create trigger consent_hooks after insert on postrider.consent
  referencing new table as added for each statement execute function postrider.tell_hooks_of_consents();

create function postrider.tell_hooks_of_forgotten() returns trigger language plpgsql as $$
begin
  if not postrider.hooks_are_on() then return null; end if;
  insert into postrider.hook_message (hook_id, event, resource, data)
  select h.id, 'subscriber.forgotten', 'subscriber:' || g.id, jsonb_build_object('subscriber', g.id::text)
  from gone g
  join postrider.hook h on 'subscriber.forgotten' = any(h.events) and h.removed_at is null and h.off_at is null
  order by g.id;
  return null;
end $$;
create trigger subscriber_hooks after delete on postrider.subscriber
  referencing old table as gone for each statement execute function postrider.tell_hooks_of_forgotten();

-- That a receiver gave no good answer for two days, or is gone, is a problem for the operator, too.
create trigger event_hook_alert after insert on postrider.event for each row
  when (new.kind in ('hook.given-up', 'hook.off'))
  execute function postrider.raise_alert();
