-- The mail as the archive shows it: without the ways out that are a reader's own. Null: it is made from the post.
alter table postrider.edition_mail add column page jsonb;
