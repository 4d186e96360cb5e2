-- The ledger. A publication is a decision, a delivery is one channel and one recipient of it.
create table postrider.publication (
  id uuid primary key default gen_random_uuid(),
  post_id text not null references postrider.post (id),
  revision text not null,
  actor text not null,
  reason text,
  scheduled_for timestamptz,
  released_at timestamptz,
  created_at timestamptz not null default now(),
  foreign key (post_id, revision) references postrider.revision (post_id, hash)
);
create index publication_post on postrider.publication (post_id);

create table postrider.publication_channel (
  publication_id uuid not null references postrider.publication (id),
  channel text not null,
  post_id text not null,
  adapter text not null,
  medium text not null check (medium in ('email', 'feed', 'note')),
  list text,
  generation int not null check (generation > 0),
  -- Failures of the whole channel in a row; stalled once there were too many.
  failures int not null default 0,
  failure jsonb,
  stalled_at timestamptz,
  primary key (publication_id, channel),
  unique (post_id, channel, generation)
);

create table postrider.delivery (
  id bigint generated always as identity primary key,
  publication_id uuid not null,
  post_id text not null,
  channel text not null,
  -- The subscriber's hash; empty for a channel with one destination.
  recipient text not null default '',
  generation int not null,
  subscriber_id bigint references postrider.subscriber (id) on delete set null,
  state text not null check (state in
    ('pending', 'sending', 'retrying', 'accepted', 'refused', 'uncertain', 'suppressed', 'cancelled')),
  attempts int not null default 0,
  due_at timestamptz not null default now(),
  -- Who is at work on it, and the token that every further change must show.
  worker_id uuid references postrider.worker (id),
  claim uuid,
  -- Committed before the first byte that the other side could act on.
  intent_at timestamptz,
  settled_at timestamptz,
  remote_id text,
  url text,
  response text,
  failure jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  foreign key (publication_id, channel) references postrider.publication_channel (publication_id, channel),
  -- Nobody gets it twice: not the code but the database says so.
  unique (post_id, channel, recipient, generation)
);
create index delivery_open on postrider.delivery (publication_id, channel, id)
  where state in ('pending', 'sending', 'retrying');
create index delivery_worker on postrider.delivery (worker_id) where worker_id is not null;
create index delivery_channel on postrider.delivery (publication_id, channel, state);
