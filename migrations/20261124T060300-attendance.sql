-- Who was there: revisions against lost marks, when somebody came or left, codes that end early, lists of meetings,
-- people who came without being on the list.

alter table attendances
  add column revision int not null default 1,
  -- When they came or left, where that was said; the minutes follow from it.
  add column moved_at timestamptz;
-- What has attendance took place: such a session does not go with everything in it.
alter table attendances drop constraint attendances_session_id_fkey,
  add constraint attendances_session_id_fkey foreign key (session_id) references sessions;

alter table attendance_codes add column closed_at timestamptz;

-- A meeting's list between its upload and its use: gone when it is used, and after a day in any case.
create table attendance_imports (
  id bigint generated always as identity primary key,
  session_id bigint not null references sessions on delete cascade,
  file_name text,
  rows jsonb not null,
  by_id bigint not null references people,
  at timestamptz not null
);
create index attendance_imports_session on attendance_imports (session_id);

alter table enrollments drop constraint enrollments_source_check,
  add constraint enrollments_source_check check (source in ('self', 'center', 'nomination', 'walk_in'));

-- An address somebody without an account gave: it keeps them one person.
alter table people add column contact_email citext;
create unique index people_contact_email on people (contact_email);
