-- Files of a module's lessons other than pictures, as they lie in its folder. A name means the same bytes for ever:
-- published lessons lead to them. `title` says in both languages what the file is; one that was written in the platform
-- is not written over by files.
create table module_files (
  module_id bigint not null references modules,
  name text not null check (name ~ '^[a-z0-9][a-z0-9._-]*\.[a-z0-9]{2,5}$'),
  title jsonb not null check (title ?& array['en', 'ru']),
  file_id bigint not null references files,
  origin text not null check (origin in ('file', 'platform')),
  primary key (module_id, name)
);
create index module_files_file on module_files (file_id);
