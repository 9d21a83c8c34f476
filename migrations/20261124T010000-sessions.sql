-- Trainings with sessions: who runs them, when and where, what was agreed, who was there.

create table projects (
  id bigint generated always as identity primary key,
  code text not null unique,
  title jsonb not null check (title ?& array['en', 'ru']),
  donor text not null,
  agreement text,
  starts_on date,
  ends_on date,
  check (ends_on is null or starts_on is null or ends_on >= starts_on)
);

alter table trainings
  add project_id bigint references projects,
  add cost_bearer text,
  add signatories jsonb,
  add copied_from_id bigint references trainings,
  add agenda_number int not null default 0;
create index trainings_project on trainings (project_id);
create index trainings_copied_from on trainings (copied_from_id);

-- Rooms and links: things that are not booked twice.
create table resources (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('room', 'link')),
  name jsonb not null check (name ?& array['en', 'ru']),
  address text not null,
  capacity int check (capacity > 0),
  retired_at timestamptz
);

create table sessions (
  id bigint generated always as identity primary key,
  training_id bigint not null references trainings,
  kind text not null check (kind in ('session', 'break')),
  title jsonb not null check (title ?& array['en', 'ru']),
  outcomes jsonb,
  method text check (method in ('lecture', 'discussion', 'group_work', 'case', 'exercise', 'visit', 'test', 'opening', 'closing')),
  -- What was agreed: the wall time in the host's zone. The instants follow from it and are made anew when zones change.
  wall_start timestamp not null,
  wall_end timestamp not null,
  zone text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  counts boolean not null default true,
  interpretation text[] not null default '{}',
  uid text not null unique,
  sequence int not null default 0,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  canceled_at timestamptz,
  canceled_reason text,
  check (ends_at > starts_at),
  check ((canceled_at is null) = (canceled_reason is null))
);
create index sessions_training on sessions (training_id, starts_at);
create index sessions_time on sessions (starts_at);

-- Who and what a session needs. A booking offered is not a booking held: the exclusion covers firm ones only.
create table bookings (
  id bigint generated always as identity primary key,
  session_id bigint not null references sessions on delete cascade,
  person_id bigint references people,
  resource_id bigint references resources,
  role text not null check (role in ('trainer', 'moderator', 'interpreter', 'room', 'link')),
  during tstzrange not null,
  firm boolean not null default true,
  check (num_nonnulls(person_id, resource_id) = 1),
  check ((role in ('room', 'link')) = (resource_id is not null)),
  constraint bookings_person_once exclude using gist (person_id with =, during with &&)
    where (firm and person_id is not null),
  constraint bookings_resource_once exclude using gist (resource_id with =, during with &&)
    where (firm and resource_id is not null)
);
create index bookings_session on bookings (session_id);
create index bookings_person on bookings (person_id);

-- Published states of an agenda: what people have been told. `changes` is what differs from the one before.
create table agenda_versions (
  id bigint generated always as identity primary key,
  training_id bigint not null references trainings,
  number int not null,
  sessions jsonb not null,
  changes jsonb not null,
  published_at timestamptz not null,
  published_by bigint references people,
  unique (training_id, number)
);

create table attendances (
  id bigint generated always as identity primary key,
  session_id bigint not null references sessions on delete cascade,
  enrollment_id bigint not null references enrollments,
  status text not null check (status in ('present', 'late', 'left_early', 'absent', 'excused')),
  minutes int not null check (minutes >= 0),
  reason text,
  source text not null check (source in ('trainer', 'code', 'import', 'walk_in')),
  by_id bigint references people,
  at timestamptz not null,
  unique (session_id, enrollment_id),
  check (status <> 'excused' or reason is not null)
);
create index attendances_enrollment on attendances (enrollment_id);

-- Every earlier state of an attendance, with who changed it and why.
create table attendance_corrections (
  id bigint generated always as identity primary key,
  attendance_id bigint not null references attendances on delete cascade,
  was jsonb not null,
  reason text,
  by_id bigint references people,
  at timestamptz not null
);
create index attendance_corrections_attendance on attendance_corrections (attendance_id);

-- A short code shown in the room within a window.
create table attendance_codes (
  id bigint generated always as identity primary key,
  session_id bigint not null references sessions on delete cascade,
  code text not null,
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  opened_by bigint not null references people,
  check (closes_at > opens_at)
);
create index attendance_codes_session on attendance_codes (session_id, closes_at);

create table materials (
  id bigint generated always as identity primary key,
  training_id bigint not null references trainings,
  session_id bigint references sessions on delete cascade,
  file_id bigint not null references files,
  title jsonb not null check (title ?& array['en', 'ru']),
  language text not null,
  visible text not null check (visible in ('before', 'after')),
  position int not null default 0,
  added_by bigint references people,
  added_at timestamptz not null
);
create index materials_training on materials (training_id);
create index materials_session on materials (session_id);

-- A place that falls free is offered to the first in line for a time.
alter table enrollments
  add offered_until timestamptz,
  add offer_hash text unique,
  add decided_reason text;

-- Days off work by State, dated: entered by the Center, empty until it does.
create table holidays (
  id bigint generated always as identity primary key,
  state char(2) not null references states,
  day date not null,
  name jsonb not null check (name ?& array['en', 'ru']),
  source text not null,
  unique (state, day)
);

-- What people have been told of a session: pages, mails and feeds show this, not the work in progress.
alter table sessions add published jsonb, add published_at timestamptz;
