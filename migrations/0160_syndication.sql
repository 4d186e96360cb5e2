-- Where the addresses of a post's copies were written, so that what has changed since can be told: into its front matter
-- (target ''), or into a feed (target: the channel).
create table postrider.syndication (
  post_id text not null references postrider.post (id),
  target text not null,
  links text[] not null,
  written_at timestamptz not null default now(),
  primary key (post_id, target)
);
-- Taken back on the network by the operator.
alter table postrider.delivery add column withdrawn_at timestamptz;
-- Shown beside a feed's item.
alter table postrider.feed_item add column copies text[] not null default '{}';
