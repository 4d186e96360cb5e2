-- What each feed holds. The bytes are a function of these rows and the configuration, and of nothing else.
create table postrider.feed (
  channel text primary key,
  -- When the bytes last really changed; strictly increasing (readers compare it).
  changed_at timestamptz not null,
  digest text not null
);

create table postrider.feed_item (
  channel text not null,
  post_id text not null references postrider.post (id),
  -- Never moves, whatever the post's date becomes.
  published_at timestamptz not null,
  updated_at timestamptz not null,
  rendition jsonb not null,
  primary key (channel, post_id)
);
create index feed_item_newest on postrider.feed_item (channel, published_at desc);
