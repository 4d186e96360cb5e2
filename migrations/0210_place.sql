-- Where this database is: the cluster's number, its timeline and the database. A promoted replica and a server that was set
-- back in time have another timeline. The name of the log file shows it at once; pg_control_checkpoint() shows it only after
-- the first checkpoint. A managed service may not allow a function: its part is then the same everywhere.
create function postrider.place() returns text language plpgsql as $$
declare
  cluster text := 'unknown';
  timeline text := 'unknown';
begin
  begin
    select system_identifier::text into cluster from pg_control_system();
  exception when insufficient_privilege or undefined_function or feature_not_supported then null;
  end;
  begin
    timeline := ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::int;
  exception when insufficient_privilege or undefined_function or feature_not_supported then null;
  end;
  return concat_ws('/', cluster, timeline, (select oid from pg_database where datname = current_database()));
end $$;

-- Whether another database than this one is the one that sends. For an embedded database, its folder is a fourth part that
-- only the process can check.
create function postrider.is_copy() returns boolean language sql as $$
  select exists (select from postrider.setting
    where name = 'sends_from' and (string_to_array(value, '/'))[1:3] <> string_to_array(postrider.place(), '/'))
$$;
