-- Mails about a subscription: written down before they are sent, so that none is lost and none goes twice.
create table postrider.letter (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('confirm', 'welcome', 'data')),
  subscriber_id bigint not null references postrider.subscriber (id) on delete cascade,
  list_ids int[] not null check (cardinality(list_ids) > 0),
  state text not null default 'pending'
    check (state in ('pending', 'sending', 'accepted', 'refused', 'uncertain', 'cancelled')),
  attempts int not null default 0,
  due_at timestamptz not null,
  failure jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index letter_of on postrider.letter (subscriber_id, kind, created_at);
create index letter_open on postrider.letter (due_at) where state in ('pending', 'sending');
create index consent_network on postrider.consent (network, at) where network is not null;
