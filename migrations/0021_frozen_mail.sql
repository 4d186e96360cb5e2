-- The mail that a campaign goes out with, from its first batch on: whoever sends the rest, and whenever, sends the same.
create table postrider.frozen_mail (
  publication_id uuid not null,
  channel text not null,
  rendition jsonb not null,
  made_at timestamptz not null default now(),
  primary key (publication_id, channel),
  foreign key (publication_id, channel) references postrider.publication_channel (publication_id, channel)
);
