-- Tailor-made trainings: what a State asks for, what is said about it, what the Center offers and both agree to.

-- Parts of a long form, in their order; `own`: answered by each State for itself.
alter table form_versions add parts jsonb;

create table requests (
  id bigint generated always as identity primary key,
  code text not null unique,
  lead_state char(2) not null references states,
  form_version_id bigint not null references form_versions,
  status text not null check (status in ('draft', 'submitted', 'acknowledged', 'clarified', 'offered', 'agreed',
    'training', 'declined', 'withdrawn')),
  language text not null,
  holder_id bigint not null references people,
  -- By which day the Center acknowledges: so many working days of its own after the submission.
  due_on date,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  submitted_at timestamptz,
  submitted_by bigint references people,
  submitted_name text,
  acknowledged_at timestamptz,
  check ((status = 'draft') = (submitted_at is null))
);
create index requests_state on requests (lead_state, id);
create index requests_holder on requests (holder_id);
create index requests_open on requests (status, due_on) where status not in ('draft', 'training', 'declined', 'withdrawn');

create table request_states (
  request_id bigint not null references requests on delete cascade,
  state char(2) not null references states check (state ~ '^[A-Z]{2}$'),
  invited_by bigint references people,
  invited_at timestamptz not null,
  joined_at timestamptz,
  -- When the State's own part went to the Center; that of the lead State goes with the request.
  sent_at timestamptz,
  primary key (request_id, state)
);
create index request_states_state on request_states (state, request_id);

-- Answers of a request: the common part has no State, each own part has one. Only that State and the Center read it.
alter table form_responses
  alter training_id drop not null,
  add request_id bigint references requests on delete cascade,
  add state char(2) references states check (state ~ '^[A-Z]{2}$'),
  add constraint form_responses_about check (num_nonnulls(training_id, request_id) = 1),
  add constraint form_responses_state check (state is null or request_id is not null);
create unique index form_responses_request on form_responses (request_id, state) nulls not distinct
  where request_id is not null;

-- What the Center and one State write to each other about a request.
create table messages (
  id bigint generated always as identity primary key,
  request_id bigint not null references requests on delete cascade,
  state char(2) not null references states check (state ~ '^[A-Z]{2}$'),
  side text not null check (side in ('center', 'state')),
  by_id bigint not null references people,
  body text not null check (char_length(body) between 1 and 5000),
  at timestamptz not null
);
create index messages_request on messages (request_id, state, id);

create table offers (
  id bigint generated always as identity primary key,
  request_id bigint not null references requests,
  number int not null check (number > 0),
  course_version_id bigint not null references course_versions,
  format text not null check (format in ('live_online', 'on_site', 'blended')),
  zone text not null,
  starts_on date not null,
  ends_on date not null,
  host_state char(2) references states,
  place jsonb check (place ?& array['en', 'ru']),
  languages text[] not null,
  agreed_condition text,
  seats int check (seats > 0),
  -- Lessons as they were picked: [{ code, title, hours, written }]
  lessons jsonb not null,
  -- [{ day, from, to, title }]: day 1 is the first day of the training
  outline jsonb not null,
  trainer_ids bigint[] not null default '{}',
  center_inputs jsonb not null check (center_inputs ?& array['en', 'ru']),
  state_inputs jsonb not null check (state_inputs ?& array['en', 'ru']),
  answer_by date,
  created_by bigint not null references people,
  created_at timestamptz not null,
  sent_by bigint references people,
  sent_at timestamptz,
  state_agreed_by bigint references people,
  state_agreed_at timestamptz,
  state_agreed_name text,
  center_agreed_by bigint references people,
  center_agreed_at timestamptz,
  center_agreed_name text,
  unique (request_id, number),
  check (ends_on >= starts_on),
  check (sent_at is not null or (state_agreed_at is null and center_agreed_at is null))
);
create unique index offers_draft on offers (request_id) where sent_at is null;
create index offers_course_version on offers (course_version_id);

-- The training a request became. A course made for one State stands in no catalog.
alter table trainings add request_id bigint unique references requests;
alter table courses add listed boolean not null default true;

create index files_owner on files (owner_kind, owner_id);
