-- A post whose file was renamed is found by what it says.
create index revision_hash on postrider.revision (hash);
