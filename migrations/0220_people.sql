-- People who sign in, and tokens of programs. Of every secret only the SHA-256 is kept.
create table postrider.person (
  name text primary key,
  role text not null check (role in ('viewer', 'author', 'publisher', 'operator', 'admin')),
  email text,
  -- null: all
  channels text[],
  lists text[],
  created_by text not null,
  created_at timestamptz not null default now()
);
create unique index person_email on postrider.person (lower(email));

create table postrider.api_token (
  id int generated always as identity primary key,
  name text not null,
  hash text not null unique,
  scopes text[] not null,
  channels text[],
  lists text[],
  created_by text not null,
  created_at timestamptz not null default now(),
  -- null: it has no end
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  revoked_by text
);
-- A revoked token stays as a record, and its name is free again.
create unique index api_token_name on postrider.api_token (name) where revoked_at is null;

-- Addresses for signing in: each opens one session, once.
create table postrider.sign_in_link (
  hash text primary key,
  person text not null references postrider.person (name) on delete cascade,
  created_by text not null,
  expires_at timestamptz not null
);

create table postrider.console_session (
  hash text primary key,
  person text not null references postrider.person (name) on delete cascade,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index console_session_person on postrider.console_session (person);
create index sign_in_link_person on postrider.sign_in_link (person);
