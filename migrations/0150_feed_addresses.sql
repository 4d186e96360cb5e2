-- A feed's own identity: what its documents are called, wherever they are served (RFC 4287 §4.2.6).
alter table postrider.feed
  add column guid uuid not null default gen_random_uuid(),
  -- Of the configuration that the items were made with: under another one they are made anew.
  add column made_with text not null default '';

-- What HTTP says of a document beside its bytes, and what people are told of it.
alter table postrider.feed_document
  add column self_url text not null default '',
  add column hub text,
  add column about text,
  -- The change of which its hub has heard: one that equals `changed_at` leaves nothing to tell.
  add column told_at timestamptz;
