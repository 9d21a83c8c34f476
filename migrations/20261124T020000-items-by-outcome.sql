-- A test draws from the items in use of an outcome: at the start of a test many do so in the same minute.
create index item_versions_outcome on item_versions (outcome_code) where status = 'in_use';
