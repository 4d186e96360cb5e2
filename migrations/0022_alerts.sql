-- What somebody has to hear of, until they were told.
create table postrider.alert (
  event_id bigint primary key references postrider.event (id),
  tries int not null default 0,
  due_at timestamptz not null default now()
);

create function postrider.raise_alert() returns trigger language plpgsql as $$
begin
  insert into postrider.alert (event_id) values (new.id);
  return null;
end $$;
create trigger event_alert after insert on postrider.event for each row
  when (new.kind like 'alarm.%' or new.kind in ('channel.stalled', 'channel.finished')
    or (new.kind = 'campaign.pause' and new.actor like 'rule:%'))
  execute function postrider.raise_alert();
