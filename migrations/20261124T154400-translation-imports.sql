-- A bilingual table between its upload and its use: gone when it is used, and after a day in any case.
create table translation_imports (
  id bigint generated always as identity primary key,
  draft_id bigint not null references drafts,
  file_name text not null,
  rows jsonb not null,
  by_id bigint not null references people,
  at timestamptz not null
);
create index translation_imports_draft on translation_imports (draft_id);
create index translation_imports_bringer on translation_imports (by_id);
