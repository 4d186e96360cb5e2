-- Plans that a program asked for and may carry out later.
create table postrider.plan (
  hash text primary key,
  -- The request that the plan belongs to.
  asked jsonb not null,
  plan jsonb not null,
  actor text not null,
  created_at timestamptz not null default now(),
  executed_at timestamptz,
  executed_by text
);
create index plan_created_at on postrider.plan (created_at);
