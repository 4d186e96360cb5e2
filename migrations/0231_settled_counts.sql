-- How a mailing ended, counted once when its channel closes: counting a million deliveries for every look takes a second.
-- It holds as long as the channel is closed. Whatever makes something due again opens the channel.
create table postrider.settled_count (
  publication_id uuid not null,
  channel text not null,
  -- State -> number of deliveries.
  counts jsonb not null,
  -- The most frequent reasons, as a report shows them.
  failures jsonb not null,
  primary key (publication_id, channel),
  foreign key (publication_id, channel) references postrider.publication_channel (publication_id, channel)
);

create function postrider.count_settled(publication uuid, name text, out counts jsonb, out failures jsonb)
language sql stable as $$
  select
    (select jsonb_object_agg(state, n) from (
      select state, count(*) as n from postrider.delivery where publication_id = publication and channel = name group by state) s),
    coalesce((select jsonb_agg(f) from (
      select state, failure->>'code' as code, failure->>'message' as message, count(*)::int as count
      from postrider.delivery where publication_id = publication and channel = name and failure is not null
        and (state in ('refused', 'uncertain', 'retrying') or state = 'suppressed' and failure->>'code' = 'had-it')
      group by 1, 2, 3 order by count desc, state, code limit 5) f), '[]')
$$;

insert into postrider.settled_count (publication_id, channel, counts, failures)
  select c.publication_id, c.channel, n.counts, n.failures
  from postrider.publication_channel c, postrider.count_settled(c.publication_id, c.channel) n
  where not c.open and c.medium = 'email' and n.counts is not null;
