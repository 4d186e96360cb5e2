-- What operators, programs and jobs did. An act has a row from its first transaction, committed with it, and one of its end.
create table postrider.audit_log (
  number bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  act_id uuid not null,
  -- 'effect': in the transaction that changed something. 'end': how such an act ended. 'alone': it changed nothing.
  kind text not null check (kind in ('effect', 'end', 'alone')),
  act text not null,
  actor text not null,
  door text not null,
  about jsonb not null,
  reason text,
  plan text,
  before jsonb,
  result text check (result in ('done', 'failed', 'refused')),
  message text,
  after jsonb,
  unique (act_id, kind)
);
create index audit_log_at on postrider.audit_log (at);
create index audit_log_actor on postrider.audit_log (actor, number);

-- Nobody can change the log, also not by a mistake in a statement. Only the retention rule removes old entries.
create function postrider.keep_audit_log() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('postrider.retention', true) = 'on' then
    return old;
  end if;
  raise exception 'the audit log can only be added to' using errcode = 'restrict_violation';
end
$$;
create trigger keep_audit_log before update or delete on postrider.audit_log
  for each row execute function postrider.keep_audit_log();
create trigger keep_audit_log_whole before truncate on postrider.audit_log
  for each statement execute function postrider.keep_audit_log();
