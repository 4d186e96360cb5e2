-- What a process sends for: those that share a channel share its connections.
alter table postrider.worker add column channels text[] not null default '{}';
