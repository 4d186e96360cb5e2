-- Requests with an Idempotency-Key, so that one that comes again is answered and not done again.
create table postrider.request (
  id uuid primary key default gen_random_uuid(),
  actor text not null,
  key text not null,
  -- Of method, path and body.
  digest text not null,
  created_at timestamptz not null default now(),
  -- While somebody works on it.
  claimed_until timestamptz,
  -- Set in the transaction of an effect that must happen only once.
  effect_at timestamptz,
  result jsonb,
  status int,
  type text,
  body text,
  unique (actor, key)
);
create index request_created_at on postrider.request (created_at);
