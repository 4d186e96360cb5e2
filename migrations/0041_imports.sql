-- How far an import has come, so that one that was interrupted goes on where it stopped.
create table postrider.import (
  -- Of the file's bytes, the list and how its columns were read.
  digest text primary key,
  source text not null,
  rows_done bigint not null default 0,
  started_at timestamptz not null default now(),
  finished_at timestamptz
);
