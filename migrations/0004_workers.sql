-- Processes that send. A row claimed by one that has died is nobody's: it is recovered, never guessed.
create table postrider.worker (
  id uuid primary key,
  -- Host, boot, pid and start time: tells a live process from one that only has the same number.
  identity jsonb not null,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  gone_at timestamptz
);
