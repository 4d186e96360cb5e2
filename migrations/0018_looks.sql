-- When an uncertain delivery is to be looked for next, where its network lets us look, and how often that was tried.
alter table postrider.delivery
  add column look_at timestamptz,
  add column looks int not null default 0;
-- A channel with one destination has few of these; a scan of a million mails would find the same.
create index delivery_uncertain on postrider.delivery (channel) where state = 'uncertain' and recipient = '';
