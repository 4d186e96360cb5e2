-- What a language model wrote for a note, where the operator asked for that; null where it could not be used.
-- Kept without a reference: a plan asks before the post is stored.
create table postrider.written_words (
  post_id text not null,
  revision text not null,
  channel text not null,
  words text,
  written_at timestamptz not null default now(),
  primary key (post_id, revision, channel)
);
