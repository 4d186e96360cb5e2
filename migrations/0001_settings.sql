-- Values that belong to the data and must travel with it, such as the key of the recipients' hashes.
create table postrider.setting (
  name text primary key,
  value text not null,
  created_at timestamptz not null default now()
);
-- Keyed hashes of addresses: stable for this database, useless outside it.
insert into postrider.setting (name, value)
values ('recipient_key', replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''));
