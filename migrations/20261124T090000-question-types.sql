-- What a question is beyond its prompt belongs to its type (models/items): one column holds it for all of them.
alter table item_versions add column content jsonb;
update item_versions set content = jsonb_build_object('options', options);
alter table item_versions alter column content set not null;
alter table item_versions drop column options;

alter table item_versions add column points int not null default 1 check (points between 1 and 10);
alter table item_versions add column tags text[] not null default '{}';
alter table item_versions add column created_by bigint references people;

alter table item_versions drop constraint item_versions_type_check;
alter table item_versions add constraint item_versions_type_check check (type in (
  'single', 'multiple', 'true_false', 'picture', 'matching', 'ordering', 'numeric', 'short', 'cloze', 'scenario',
  'rating', 'essay'));
alter table item_versions drop constraint item_versions_status_check;
alter table item_versions add constraint item_versions_status_check
  check (status in ('draft', 'reviewed', 'in_use', 'retired'));
-- One version waits at a time: whoever edits an item works on the same draft.
create unique index item_versions_waiting on item_versions (item_id) where status in ('draft', 'reviewed');
