-- Who has approved a plan, so that a program may carry it out.
create table postrider.plan_approval (
  hash text not null references postrider.plan (hash) on delete cascade,
  approved_by text not null,
  -- Where from, as in the audit log.
  door text not null,
  approved_at timestamptz not null default now(),
  primary key (hash, approved_by)
);
