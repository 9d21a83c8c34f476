-- What the files say beside the texts, so that the curriculum can be written out again as it was read.
alter table lesson_versions
  add column file text,
  add column parts jsonb,
  add column outcomes text[] not null default '{}';
update lesson_versions v set file = substring(l.code from 'L\d+$') from lessons l where l.id = v.lesson_id and v.written;

-- The order of the lists; what is in no file any more comes last.
alter table sources add column position int not null default 1000000;
alter table glossary_terms add column position int not null default 1000000;
alter table form_versions add column version text;

-- What learners are told about a correction; its day is that of the publication.
alter table module_versions add column note jsonb check (note is null or note ?& array['en', 'ru']);
