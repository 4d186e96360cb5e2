-- Numbers that pages show, kept by the transaction that changes them: counting a million rows for every look takes a second.
-- Rows are only added, one for each statement and state, so that writers never wait for each other; a number is their sum.
-- The sweep adds up many of them into few.

create table postrider.delivery_count (
  publication_id uuid not null,
  channel text not null,
  state text not null,
  subject int,
  -- Why, for the states whose reasons a report shows.
  code text,
  message text,
  change bigint not null
);
create index delivery_count_channel on postrider.delivery_count (publication_id, channel);

create table postrider.subscription_count (
  -- Whoever sees the same ids as before sees the same subscriptions.
  id bigint generated always as identity primary key,
  list_id int not null,
  state text not null,
  change bigint not null
);
create index subscription_count_list on postrider.subscription_count (list_id);

create function postrider.is_explained(state text, failure jsonb) returns boolean language sql immutable as $$
  select failure is not null and (state in ('refused', 'uncertain', 'retrying') or state = 'suppressed' and failure->>'code' = 'had-it')
$$;

create function postrider.count_new_deliveries() returns trigger language plpgsql as $$
begin
  insert into postrider.delivery_count
  select publication_id, channel, state, subject,
    case when postrider.is_explained(state, failure) then failure->>'code' end,
    case when postrider.is_explained(state, failure) then failure->>'message' end, count(*)
  from added group by 1, 2, 3, 4, 5, 6;
  return null;
end $$;
create trigger delivery_counted_new after insert on postrider.delivery
  referencing new table as added for each statement execute function postrider.count_new_deliveries();

create function postrider.count_changed_deliveries() returns trigger language plpgsql as $$
begin
  insert into postrider.delivery_count
  select publication_id, channel, state, subject,
    case when postrider.is_explained(state, failure) then failure->>'code' end,
    case when postrider.is_explained(state, failure) then failure->>'message' end, sum(change)
  from (
    select publication_id, channel, state, subject, failure, 1 as change from after_rows
    union all select publication_id, channel, state, subject, failure, -1 from before_rows) c
  group by 1, 2, 3, 4, 5, 6 having sum(change) <> 0;
  return null;
end $$;
create trigger delivery_counted after update on postrider.delivery
  referencing old table as before_rows new table as after_rows
  for each statement execute function postrider.count_changed_deliveries();

create function postrider.count_gone_deliveries() returns trigger language plpgsql as $$
begin
  insert into postrider.delivery_count
  select publication_id, channel, state, subject,
    case when postrider.is_explained(state, failure) then failure->>'code' end,
    case when postrider.is_explained(state, failure) then failure->>'message' end, -count(*)
  from gone group by 1, 2, 3, 4, 5, 6;
  return null;
end $$;
create trigger delivery_counted_gone after delete on postrider.delivery
  referencing old table as gone for each statement execute function postrider.count_gone_deliveries();

create function postrider.count_new_subscriptions() returns trigger language plpgsql as $$
begin
  insert into postrider.subscription_count (list_id, state, change) select list_id, state, count(*) from added group by 1, 2;
  return null;
end $$;
create trigger subscription_counted_new after insert on postrider.subscription
  referencing new table as added for each statement execute function postrider.count_new_subscriptions();

create function postrider.count_changed_subscriptions() returns trigger language plpgsql as $$
begin
  insert into postrider.subscription_count (list_id, state, change)
  select list_id, state, sum(change) from (
    select list_id, state, 1 as change from after_rows union all select list_id, state, -1 from before_rows) c
  group by 1, 2 having sum(change) <> 0;
  return null;
end $$;
create trigger subscription_counted after update on postrider.subscription
  referencing old table as before_rows new table as after_rows
  for each statement execute function postrider.count_changed_subscriptions();

create function postrider.count_gone_subscriptions() returns trigger language plpgsql as $$
begin
  insert into postrider.subscription_count (list_id, state, change) select list_id, state, -count(*) from gone group by 1, 2;
  return null;
end $$;
create trigger subscription_counted_gone after delete on postrider.subscription
  referencing old table as gone for each statement execute function postrider.count_gone_subscriptions();

-- After a restore, which writes rows without these triggers.
create function postrider.count_anew() returns void language sql as $$
  delete from postrider.delivery_count;
  insert into postrider.delivery_count
  select publication_id, channel, state, subject,
    case when postrider.is_explained(state, failure) then failure->>'code' end,
    case when postrider.is_explained(state, failure) then failure->>'message' end, count(*)
  from postrider.delivery group by 1, 2, 3, 4, 5, 6;
  delete from postrider.subscription_count;
  insert into postrider.subscription_count (list_id, state, change) select list_id, state, count(*) from postrider.subscription group by 1, 2;
$$;
select postrider.count_anew();

drop table postrider.settled_count;
drop function postrider.count_settled;

-- Campaigns, the newest first.
create index publication_created on postrider.publication (created_at, id);
