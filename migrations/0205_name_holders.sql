-- Since when a file is taken for its post: of two files of one post the later one holds it, and the other is a new file.
alter table postrider.post_name add column since timestamptz not null default now();
create index post_name_post on postrider.post_name (post_id);
