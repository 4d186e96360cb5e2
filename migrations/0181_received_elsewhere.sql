-- What readers had from another service before they came here: everything up to a time, or one post.
alter table postrider.subscription add column had_until timestamptz;

create table postrider.received (
  -- Not of a post that has to be known yet.
  post_id text not null,
  hash text not null,
  -- Out of which file.
  source text not null,
  primary key (post_id, hash)
);
