-- An operator took a post back: nothing of it goes anywhere by itself, until somebody reposts it on purpose.
alter table postrider.post
  add column withdrawn_at timestamptz,
  add column withdrawn_reason text;
alter table postrider.publication_channel
  -- The same for one channel.
  add column withdrawn_at timestamptz,
  -- Sent again on purpose to people who have it. A first mailing leaves out who had the post from another service.
  add column again boolean not null default false;
update postrider.publication_channel set again = generation > 1;
