-- The further parts of a thread; and what a channel was given since it was configured, such as a refreshed token.
alter table postrider.delivery add column parts jsonb;

create table postrider.channel_keep (
  channel text primary key,
  -- AES-256-GCM under a key derived from the secret of the installation: a backup alone gives no account away.
  sealed bytea not null,
  updated_at timestamptz not null default now()
);
