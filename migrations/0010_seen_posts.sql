-- Posts that jobs have been offered, or that were there before there were jobs: connecting a blog of ten years mails nobody.
create table postrider.seen_post (
  post_id text primary key,
  -- A file that was renamed or moved keeps its permalink, and is no other post for that.
  url text not null,
  seen_at timestamptz not null default now()
);
create index seen_post_url on postrider.seen_post (url);
