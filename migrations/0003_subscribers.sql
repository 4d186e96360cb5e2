-- Readers, what they chose, and what must never reach them.
create table postrider.subscriber (
  id bigint generated always as identity primary key,
  address text not null,
  -- Lower-cased: one person, one row.
  normalized text not null unique,
  -- Keyed with setting.recipient_key. Ledger and suppressions use it, so that a person who leaves and comes back is still the same.
  hash text not null unique,
  name text,
  attributes jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table postrider.list (
  id int generated always as identity primary key,
  name text not null unique,
  title text not null,
  created_at timestamptz not null default now()
);

create table postrider.subscription (
  list_id int not null references postrider.list (id),
  subscriber_id bigint not null references postrider.subscriber (id) on delete cascade,
  state text not null check (state in ('unconfirmed', 'confirmed', 'unsubscribed')),
  -- Where the consent came from: a file, a form, a command.
  source text not null,
  since timestamptz not null default now(),
  primary key (list_id, subscriber_id)
);
create index subscription_subscriber on postrider.subscription (subscriber_id);

-- By hash, so that it outlives the subscriber it protects. list_id null: everywhere.
create table postrider.suppression (
  id bigint generated always as identity primary key,
  hash text not null,
  list_id int references postrider.list (id),
  reason text not null check (reason in ('hard-bounce', 'complaint', 'unsubscribe', 'manual', 'forgotten')),
  evidence text,
  created_at timestamptz not null default now(),
  unique nulls not distinct (hash, list_id)
);
