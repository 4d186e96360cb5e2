-- A letter's return path and message id begin with its key, as a delivery's do.
create function postrider.letter_trace(id uuid) returns bytea
language sql immutable parallel safe
return substr(sha256(convert_to('letter' || E'\n' || id::text, 'UTF8')), 1, 8);
create index letter_trace on postrider.letter (postrider.letter_trace(id));
