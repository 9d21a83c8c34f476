create table trainings (
  id bigint generated always as identity primary key,
  code text not null unique,
  course_id bigint not null references courses,
  course_version_id bigint not null references course_versions,
  title jsonb,
  format text not null check (format in ('self_paced', 'live_online', 'on_site', 'blended')),
  zone text not null default 'Asia/Baku',
  host_state char(2) references states,
  place jsonb,
  languages text[] not null default '{en,ru}',
  agreed_condition text,
  seats int check (seats > 0),
  enrollment_mode text not null check (enrollment_mode in ('open', 'approval')),
  visibility text not null default 'public' check (visibility in ('public', 'unlisted')),
  hours int not null,
  starts_on date,
  ends_on date,
  enroll_until timestamptz,
  -- The Center promises a certificate within so many working days of its own.
  issue_within_days int not null default 5 check (issue_within_days > 0),
  status text not null check (status in ('draft', 'published', 'running', 'closed', 'postponed', 'canceled')),
  created_at timestamptz not null,
  check (ends_on is null or starts_on is null or ends_on >= starts_on),
  check (format = 'self_paced' or starts_on is not null or status = 'draft')
);
create index trainings_course on trainings (course_id, status);

-- Every change of a life: who, when, why.
create table transitions (
  id bigint generated always as identity primary key,
  record_kind text not null,
  record_id bigint not null,
  from_status text,
  to_status text not null,
  by_id bigint references people,
  at timestamptz not null,
  reason text
);
create index transitions_record on transitions (record_kind, record_id, id);

create table enrollments (
  id bigint generated always as identity primary key,
  training_id bigint not null references trainings,
  person_id bigint not null references people,
  course_version_id bigint not null references course_versions,
  source text not null check (source in ('self', 'center', 'nomination')),
  status text not null check (status in ('requested', 'waiting', 'enrolled', 'declined', 'withdrawn')),
  country char(2),
  agency_type text,
  sex text not null,
  created_at timestamptz not null,
  -- Set when every rule of the certificate is met; the Center's promise counts from here.
  eligible_at timestamptz,
  names_confirmed jsonb,
  names_confirmed_at timestamptz
);
create unique index enrollments_live on enrollments (training_id, person_id)
  where status in ('requested', 'waiting', 'enrolled');
create index enrollments_person on enrollments (person_id, id);
create index enrollments_line on enrollments (training_id, status, id);
create index enrollments_eligible on enrollments (training_id, eligible_at) where eligible_at is not null;

create table progress (
  enrollment_id bigint not null references enrollments on delete cascade,
  lesson_id bigint not null references lessons,
  finished_at timestamptz not null,
  primary key (enrollment_id, lesson_id)
);

create table form_receipts (
  form_version_id bigint not null references form_versions,
  training_id bigint not null references trainings,
  person_id bigint not null references people,
  day date not null,
  primary key (form_version_id, training_id, person_id)
);

-- An anonymous response has no key, order or time in common with its receipt.
create table form_responses (
  id uuid primary key default gen_random_uuid(),
  form_version_id bigint not null references form_versions,
  training_id bigint not null references trainings,
  language text not null,
  answers jsonb not null,
  person_id bigint references people
);
create index form_responses_training on form_responses (training_id, form_version_id);
