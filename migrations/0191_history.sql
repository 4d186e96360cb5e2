-- What happened to single deliveries may be summed up once it is old, where the operator says so; decisions stay for ever.
-- Who sums up says so for the length of a transaction: nothing else can delete by mistake.
create or replace function postrider.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('postrider.summing_up', true) = 'on' then
    return null;
  end if;
  raise exception 'postrider.event is append-only';
end $$;
