-- When declared jobs ran: the truth, of which the queue's alarm clocks are a hint.
create table postrider.declared_job (
  name text primary key,
  -- Empty for a job that only an operator runs.
  cron text,
  timezone text,
  -- Times before this never were the job's: it was not there, or had another schedule.
  since timestamptz not null,
  -- Its file is gone. Should it come back, its times begin anew; what it sent stays sent.
  removed_at timestamptz,
  -- Why its last try came to nothing, and when the next one is due.
  failure text,
  failures int not null default 0,
  retry_at timestamptz,
  -- Who is at work on it, until when that counts.
  claim uuid,
  claimed_until timestamptz
);

create table postrider.occurrence (
  id bigint generated always as identity primary key,
  job text not null,
  scheduled_for timestamptz not null,
  actor text not null,
  -- Times before this one that passed while nothing ran, and that it stands for.
  missed int not null default 0,
  state text not null check (state in ('done', 'nothing', 'waiting', 'skipped')),
  -- What came of it, in a sentence.
  outcome text not null default '',
  ran_at timestamptz not null default now(),
  -- However many schedulers there are: a time comes once.
  unique (job, scheduled_for)
);
