-- Opens and clicks, only where a list's readers are told that they are noted. Erased with the person, and with time.
create table postrider.engagement (
  id bigint generated always as identity primary key,
  subscriber_id bigint not null references postrider.subscriber (id) on delete cascade,
  list_id int not null references postrider.list (id),
  post_id text not null references postrider.post (id),
  kind text not null check (kind in ('open', 'click')),
  -- Where a click led. Empty for an open.
  url text not null default '',
  -- Fetched by a machine that fetches everything: it proves no reader.
  prefetched boolean not null default false,
  at timestamptz not null default now(),
  -- Once for each mail and link: how often says more about a mail program than about a reader.
  unique (subscriber_id, list_id, post_id, kind, url)
);
create index engagement_at on postrider.engagement (at);
