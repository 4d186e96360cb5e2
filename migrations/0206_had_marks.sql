-- What an import says that its readers had elsewhere, and what has to be known of a post to say so of it.
create table postrider.had_mark (
  -- As `subscription.had_until` has it.
  had_until timestamptz not null,
  source text not null,
  imported_at timestamptz not null,
  -- What is dated later than this may be new: the day of the import has only begun.
  clear_until timestamptz not null,
  -- In which a date without a time lasts until midnight.
  timezone text not null,
  primary key (had_until, source)
);
insert into postrider.had_mark (had_until, source, imported_at, clear_until, timezone)
  -- The time of the import is kept nowhere: its readers were known since then. An earlier line was given by the operator.
  select had_until, min(split_part(source, ';', 1)), greatest(had_until, min(since)),
    case when had_until < min(since) - interval '1 day' then had_until
      else date_trunc('day', had_until at time zone 'UTC') at time zone 'UTC' end, 'UTC'
  from postrider.subscription where had_until is not null group by had_until;

-- Since when its file has been there, as a file or in Git; null: nobody looked, or nobody knows.
alter table postrider.post add column known_since timestamptz;
