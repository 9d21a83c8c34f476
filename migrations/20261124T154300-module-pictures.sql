-- Pictures of a module's lessons, as they lie in its folder. A name means the same bytes for ever: published lessons
-- show it. `alternative` is what was said of it when it was added; the text alternative itself stands in each lesson.
create table module_pictures (
  module_id bigint not null references modules,
  name text not null check (name ~ '^[a-z0-9][a-z0-9._-]*\.(png|jpg|jpeg|webp)$'),
  type text not null,
  bytes bytea not null check (octet_length(bytes) between 1 and 512000),
  alternative jsonb check (alternative is null or alternative ?& array['en', 'ru']),
  added_by bigint references people,
  added_at timestamptz not null,
  primary key (module_id, name)
);
