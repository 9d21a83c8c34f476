-- The curriculum in another official language, agreed for a training: a piece and a language, with the text as it stands.
create table renditions (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('lesson', 'card', 'glossary')),
  -- The lesson's code; of a card, the module's.
  code text not null,
  language text not null check (language ~ '^[a-z]{2,3}$' and language not in ('en', 'ru')),
  status text not null default 'in_work' check (status in ('in_work', 'translated', 'reviewed')),
  revision int not null check (revision > 0),
  content jsonb not null,
  -- The English it translates, whole: what changed since is shown beside it. Null until it was said to be done.
  source jsonb,
  -- Who wrote since it was reviewed last: they do not review it.
  authors bigint[] not null,
  saved_by bigint not null references people,
  saved_at timestamptz not null,
  unique (kind, code, language),
  check (status = 'in_work' or source is not null)
);

-- What is reviewed is read as every other text of its version.
alter table texts
  drop constraint texts_owner_kind_check,
  add constraint texts_owner_kind_check check (owner_kind in ('lesson_version', 'assessment', 'module_version'));

-- In which language learners read what has no text in the agreed one.
alter table trainings add column fallback_language text not null default 'en' check (fallback_language in ('en', 'ru'));

-- In which language a person reads lessons, where a training has it; null: in that of the pages.
alter table people add column reading_language text check (reading_language ~ '^[a-z]{2,3}$');

-- Who is asked, for which language.
alter table translation_tasks
  add column language text not null default 'ru' check (language ~ '^[a-z]{2,3}$'),
  drop constraint translation_tasks_kind_check,
  add constraint translation_tasks_kind_check check (kind in ('lesson', 'card', 'assignment', 'glossary'));
drop index translation_tasks_live;
create unique index translation_tasks_live on translation_tasks (kind, code, language, work) where ended_at is null;

-- A bilingual table goes into a draft, or into a rendition ('RMC-01-L1 fa').
delete from translation_imports;
alter table translation_imports
  alter column draft_id drop not null,
  add column rendition text,
  add constraint translation_imports_goes check (num_nonnulls(draft_id, rendition) = 1);
