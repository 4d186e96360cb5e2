-- Jobs on their way to a queue that cannot join the transaction (Redis). A relay moves them; on PostgreSQL it stays empty.
create table postrider.outbox (
  id uuid primary key default gen_random_uuid(),
  job jsonb not null,
  created_at timestamptz not null default now()
);
create index outbox_oldest on postrider.outbox (created_at);
