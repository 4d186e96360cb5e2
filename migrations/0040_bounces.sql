-- What came back for a mail. Texts in it have their addresses taken out, so that who is forgotten leaves nothing here.
create table postrider.bounce (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  -- Of the message or the provider's event, and the recipient: the same one read twice counts once.
  digest text not null unique,
  hash text,
  delivery_id bigint,
  tie text check (tie in ('return-path', 'message-id', 'recipient')),
  kind text not null,
  counts boolean not null,
  status text,
  source text not null,
  why text not null,
  diagnostic text,
  effect text not null check (effect in ('suppressed', 'counted', 'noted', 'unsubscribed'))
);
create index bounce_recipient on postrider.bounce (hash, at) where hash is not null;

-- Return paths and message ids begin with the delivery's key: it is found again by its first 64 bits.
create function postrider.delivery_trace(channel text, post_id text, recipient text, generation int) returns bytea
language sql immutable parallel safe
return substr(sha256(convert_to(channel || E'\n' || post_id || E'\n' || recipient || E'\n' || generation, 'UTF8')), 1, 8);
create index delivery_trace on postrider.delivery (postrider.delivery_trace(channel, post_id, recipient, generation))
  where recipient <> '';
