-- Posts as they were read: what goes out is a stored revision and never the file, which may change under our hands.
create table postrider.post (
  id text primary key,
  url text not null unique,
  title text not null,
  -- Opaque and minted once: it never follows the slug, the title or the domain (RSS 2.0, guid).
  guid uuid not null unique default gen_random_uuid(),
  published_at timestamptz not null,
  first_seen_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table postrider.revision (
  post_id text not null references postrider.post (id),
  hash text not null,
  document jsonb not null,
  created_at timestamptz not null default now(),
  primary key (post_id, hash)
);
