-- An operator took a post back: nothing of it goes anywhere by itself, until somebody reposts it on purpose.
alter table postrider.post
  add column withdrawn_at timestamptz,
  add column withdrawn_reason text;
alter table postrider.publication_channel
  -- The same for one channel.
  add column withdrawn_at timestamptz,
  -- Sent again on purpose to people who have it. A first mailing leaves out who had the post from another service.
  add column again boolean not null default false;
update postrider.publication_channel set again = generation > 1;
-- What was taken back until now: notes that were deleted, and items that feeds show as withdrawn.
update postrider.publication_channel c set withdrawn_at = w.at
  from (
    select publication_id, channel, max(withdrawn_at) as at from postrider.delivery where withdrawn_at is not null group by 1, 2
    union all
    select n.publication_id, n.channel, i.withdrawn_at from postrider.feed_item i join lateral (
      select publication_id, channel from postrider.publication_channel
      where post_id = i.post_id and channel = i.channel order by generation desc limit 1) n on true
    where i.withdrawn_at is not null) w
  where c.publication_id = w.publication_id and c.channel = w.channel;
