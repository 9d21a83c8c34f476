-- Whoever saved a version cannot be the one who reviews it.
alter table item_versions add column saved_by bigint[] not null default '{}';
update item_versions set saved_by = array[created_by] where created_by is not null;

-- The bank is searched by pieces of what is asked, in either language, by tag and by author.
create index item_versions_prompt on item_versions
  using gin (folded((prompt ->> 'en') || ' ' || (prompt ->> 'ru')) gin_trgm_ops);
create index item_versions_tags on item_versions using gin (tags);
create index item_versions_author on item_versions (created_by);
create index items_module on items (module_id, code);
-- How often a version was asked.
create index attempt_items_version on attempt_items (item_version_id);
