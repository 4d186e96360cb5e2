-- What became of one mail is asked by its post.
create index engagement_mail on postrider.engagement (post_id, list_id);
