-- What an operator noted as proof that somebody wants to be back; null where readers acted themselves.
alter table postrider.consent add column evidence text;
