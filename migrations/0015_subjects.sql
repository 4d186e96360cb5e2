-- Several subjects for one mail: a share of the audience tries them, the rest gets the one that is chosen.
alter table postrider.publication_channel
  add column subjects smallint not null default 1,
  -- From 1.
  add column winner smallint,
  add column winner_by text;
alter table postrider.delivery add column subject smallint;
