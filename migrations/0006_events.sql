-- What happened, for ever. Rows are only ever added; a trigger writes the deliveries' changes, so that no code path can forget one.
create table postrider.event (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  kind text not null,
  actor text,
  post_id text,
  publication_id uuid,
  channel text,
  delivery_id bigint,
  data jsonb
);
create index event_publication on postrider.event (publication_id, id);

create function postrider.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'postrider.event is append-only';
end $$;
create trigger event_append_only before update or delete or truncate on postrider.event
  for each statement execute function postrider.refuse_change();

create function postrider.log_new_deliveries() returns trigger language plpgsql as $$
begin
  insert into postrider.event (kind, post_id, publication_id, channel, data)
  select 'delivery.created', post_id, publication_id, channel, jsonb_build_object('state', state, 'count', count(*))
  from added group by post_id, publication_id, channel, state;
  return null;
end $$;
create trigger delivery_created after insert on postrider.delivery
  referencing new table as added for each statement execute function postrider.log_new_deliveries();

create function postrider.log_changed_deliveries() returns trigger language plpgsql as $$
begin
  insert into postrider.event (kind, post_id, publication_id, channel, delivery_id, data)
  select 'delivery.' || n.state, n.post_id, n.publication_id, n.channel, n.id,
    jsonb_strip_nulls(jsonb_build_object('from', o.state, 'attempts', n.attempts, 'failure', n.failure, 'remoteId', n.remote_id))
  from after_rows n join before_rows o using (id) where n.state <> o.state;
  return null;
end $$;
create trigger delivery_changed after update on postrider.delivery
  referencing old table as before_rows new table as after_rows
  for each statement execute function postrider.log_changed_deliveries();
