-- Most of what an import costs are keys: see docs/adr/0008-lean-subscribers.md.

-- It is the keyed hash of `normalized`, which is unique: no second index has to prove that again, it only has to be found.
-- A hash index holds four bytes of each, a third of what its 64 digits took.
alter table postrider.subscriber drop constraint subscriber_hash_key;
create index subscriber_hash on postrider.subscriber using hash (hash);
-- Compared for being the same, never for its place in an alphabet.
alter table postrider.subscriber alter column normalized type text collate "C";

-- A foreign key asks once for every row, by a query; here each statement asks once for all of its rows.
alter table postrider.subscription drop constraint subscription_list_id_fkey;
alter table postrider.subscription drop constraint subscription_subscriber_id_fkey;

create function postrider.hold_subscriptions() returns trigger language plpgsql
-- The plan is kept for the session, and what is right for an empty table must not be asked of a full one.
set enable_seqscan = off set jit = off as $$
declare
  lists int[];
  others bigint[];
  held bigint;
begin
  select array_agg(distinct list_id) into lists from fresh;
  if lists is null then return null; end if;
  select count(*) into held from (select from postrider.list where id = any(lists) order by id for key share) l;
  if held < cardinality(lists) then
    raise foreign_key_violation using message = 'a subscription to a list that is not there';
  end if;
  -- Who was added in this very transaction is seen by nobody else, and can't be deleted under our hands.
  select array_agg(distinct f.subscriber_id) into others from fresh f
  where (select s.xmin from postrider.subscriber s where s.id = f.subscriber_id) is distinct from pg_current_xact_id()::xid;
  if others is null then return null; end if;
  -- Whoever is being erased meanwhile is waited for, and then is not there.
  select count(*) into held from (select from postrider.subscriber where id = any(others) order by id for key share) s;
  if held < cardinality(others) then
    raise foreign_key_violation using message = 'a subscription of a subscriber who is not there';
  end if;
  return null;
end $$;
create trigger subscription_held after insert on postrider.subscription
  referencing new table as fresh for each statement execute function postrider.hold_subscriptions();

create function postrider.refuse_move() returns trigger language plpgsql as $$
begin
  raise restrict_violation using message = 'a subscription stays with its subscriber and its list';
end $$;
create trigger subscription_stays before update of list_id, subscriber_id on postrider.subscription
  for each row when (new.list_id <> old.list_id or new.subscriber_id <> old.subscriber_id) execute function postrider.refuse_move();

create function postrider.end_subscriptions() returns trigger language plpgsql as $$
begin
  delete from postrider.subscription b using gone g where b.subscriber_id = g.id;
  return null;
end $$;
create trigger subscriber_gone after delete on postrider.subscriber
  referencing old table as gone for each statement execute function postrider.end_subscriptions();

create function postrider.keep_list() returns trigger language plpgsql as $$
begin
  if exists (select from postrider.subscription where list_id = old.id) then
    raise foreign_key_violation using message = 'a list with subscriptions';
  end if;
  return old;
end $$;
create trigger list_kept before delete on postrider.list for each row execute function postrider.keep_list();
