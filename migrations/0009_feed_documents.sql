-- Feeds as readers fetch them: several documents for each channel, each with its own time of change.
alter table postrider.feed drop column changed_at;
comment on column postrider.feed.digest is 'Of everything that decides any document: equal means that nothing has changed.';

create table postrider.feed_document (
  channel text not null,
  path text not null,
  format text not null,
  body text not null,
  -- Of everything that decides the body: equal digests need no writing.
  digest text not null,
  -- When the bytes last really changed; strictly increasing (readers compare it).
  changed_at timestamptz not null,
  -- Nothing is left in it: answered with 410.
  gone boolean not null default false,
  primary key (channel, path)
);

alter table postrider.feed_item
  -- Of the rendition, so that a plan needs no bodies.
  add column digest text not null default '',
  -- Copies from the rendition: reading them there would unpack every body.
  add column tags text[] not null default '{}',
  add column authors text[] not null default '{}',
  -- From then on it is shown without its content, and dropped after a while.
  add column withdrawn_at timestamptz;
