-- What learners are told about a correction of a course's own words; its day is that of the publication.
alter table course_versions add column note jsonb check (note is null or note ?& array['en', 'ru']);

-- A course that is offered no more: in no catalog, and no new training is opened of it.
alter table courses add column retired_at timestamptz;
