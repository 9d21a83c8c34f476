create table jobs (
  id bigint generated always as identity primary key,
  name text not null,
  payload jsonb not null,
  key text unique,
  priority int not null default 5,
  run_at timestamptz not null,
  tries int not null default 0,
  lease_until timestamptz,
  last_error text,
  failed_at timestamptz,
  created_at timestamptz not null
);
create index jobs_next on jobs (priority, run_at, id) where failed_at is null;

create table mails (
  id bigint generated always as identity primary key,
  event_key text not null,
  person_id bigint references people,
  address text not null,
  kind text not null,
  data jsonb not null,
  locale text not null,
  zone text not null,
  priority int not null default 5,
  message_id text not null unique,
  subject text,
  body_text text,
  body_html text,
  created_at timestamptz not null,
  tries int not null default 0,
  last_error text,
  sent_at timestamptz,
  failed_at timestamptz,
  unique (event_key, address)
);
create index mails_waiting on mails (created_at) where sent_at is null;
create index mails_person on mails (person_id, id);

create table audit_entries (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor_id bigint references people,
  action text not null,
  record_kind text not null,
  record_id text not null,
  details jsonb not null default '{}',
  request_id text
);
create index audit_entries_record on audit_entries (record_kind, record_id, id);
create index audit_entries_actor on audit_entries (actor_id, id);
create trigger audit_entries_append before update or delete on audit_entries
  for each row execute function append_only();

-- Who looked at whose personal data: the person and their State can read it.
create table access_entries (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  viewer_id bigint not null references people,
  person_id bigint not null references people,
  place text not null
);
create index access_entries_person on access_entries (person_id, id);

create table files (
  id bigint generated always as identity primary key,
  sha256 text not null,
  type text not null,
  size bigint not null,
  name text not null,
  owner_kind text not null,
  owner_id text not null,
  uploaded_by bigint references people,
  uploaded_at timestamptz not null
);
