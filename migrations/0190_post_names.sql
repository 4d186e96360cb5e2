-- What stood in the file of a post that is only known by its path: a file that was renamed or moved is told by that.
create table postrider.post_name (
  -- The path inside the content folder.
  name text primary key,
  -- Under which the post is known: an earlier name of it.
  post_id text not null,
  title text not null,
  published_at timestamptz not null,
  -- SHA-256 of the text after the front matter.
  body text not null
);
create index post_name_body on postrider.post_name (body);
create index post_name_title on postrider.post_name (title, published_at);
