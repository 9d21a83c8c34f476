-- What a version's lessons draw: the rows of its diagrams with their sources, as its files say them.
alter table module_versions add column diagrams jsonb not null default '[]';
