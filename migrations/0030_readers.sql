-- What readers did themselves, as proof: when, from where, by what form. Erased with the person.
create table postrider.consent (
  id bigint generated always as identity primary key,
  subscriber_id bigint not null references postrider.subscriber (id) on delete cascade,
  list_id int not null references postrider.list (id),
  action text not null check (action in ('asked', 'confirmed', 'left')),
  -- The page, the interface or the mail's own link.
  form text not null,
  -- The address of the network from which it came; null once its time is over.
  network text,
  at timestamptz not null default now()
);
create index consent_subscriber on postrider.consent (subscriber_id);

-- What readers chose for themselves.
alter table postrider.subscriber add column language text;
alter table postrider.subscription add column frequency text not null default 'each'
  check (frequency in ('each', 'weekly', 'monthly'));
