-- Pages and filters of the API's lists. An index of `delivery` that mentions its state would slow down sending, see 0170.

-- Deliveries that ever were in one of the states that operators look for. Whether one still is, its own row says.
create table postrider.delivery_case (
  state text not null,
  delivery_id bigint not null,
  publication_id uuid not null,
  channel text not null,
  primary key (state, delivery_id)
);
create index delivery_case_channel on postrider.delivery_case (publication_id, channel, state, delivery_id);
insert into postrider.delivery_case (state, delivery_id, publication_id, channel)
  select state, id, publication_id, channel from postrider.delivery where state in ('refused', 'uncertain', 'retrying');

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
  -- Nothing to do for the many that are sent at the first try.
  if found then
    insert into postrider.delivery_case (state, delivery_id, publication_id, channel)
    select n.state, n.id, n.publication_id, n.channel from after_rows n join before_rows o using (id)
    where n.state <> o.state and n.state in ('refused', 'uncertain', 'retrying') order by n.id
    on conflict do nothing;
  end if;
  return null;
end $$;

-- The history of one delivery: its own events, and those of the statements that sent many at once.
create index event_delivery on postrider.event (delivery_id) where delivery_id is not null;
create index event_sent on postrider.event (publication_id, channel, at)
  where delivery_id is null and kind in ('delivery.sending', 'delivery.accepted');

-- Most subscriptions are confirmed; the others are found without looking at those.
create index subscription_other on postrider.subscription (list_id, state, subscriber_id) where state <> 'confirmed';
