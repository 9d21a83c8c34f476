create table states (
  iso2 char(2) primary key,
  name jsonb not null check (name ?& array['en', 'ru']),
  declaration_order int not null unique,
  zones text[] not null,
  languages jsonb not null
);

-- Dated facts about a State: status, chair, weekend. Empty until the Secretariat confirms.
create table state_facts (
  id bigint generated always as identity primary key,
  state char(2) not null references states,
  kind text not null,
  value jsonb not null,
  during daterange not null,
  source text not null,
  exclude using gist (state with =, kind with =, during with &&)
);

create table people (
  id bigint generated always as identity primary key,
  name_latin text,
  name_cyrillic text,
  name_own text,
  name_own_script text,
  sex text not null default 'not_stated' check (sex in ('woman', 'man', 'other', 'not_stated')),
  country char(2),
  organization text,
  agency_type text check (agency_type in ('migration', 'border', 'police', 'labor', 'justice', 'foreign', 'statistics',
    'local', 'civil_society', 'academia', 'youth', 'media', 'international', 'other')),
  locale text not null default 'en',
  zone text not null default 'Asia/Baku',
  ministry_may_see boolean not null default false,
  created_at timestamptz not null,
  erasure_asked_at timestamptz,
  erased_at timestamptz,
  check (name_latin is not null or erased_at is not null)
);
create index people_name on people using gin (folded(coalesce(name_latin, '')) gin_trgm_ops);

create table accounts (
  id bigint generated always as identity primary key,
  person_id bigint not null unique references people,
  email citext not null unique,
  password_hash text not null,
  verified_at timestamptz,
  suspended_at timestamptz,
  created_at timestamptz not null
);

-- The key is a hash: whoever reads this table cannot sign in with it.
create table sign_in_sessions (
  id text primary key,
  person_id bigint references people on delete cascade,
  data jsonb not null,
  agent text,
  network text,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index sign_in_sessions_person on sign_in_sessions (person_id);
create index sign_in_sessions_expiry on sign_in_sessions (expires_at);

-- One-time links and the codes that stand in for them where links are blocked.
create table one_time_tokens (
  id bigint generated always as identity primary key,
  account_id bigint not null references accounts on delete cascade,
  purpose text not null check (purpose in ('confirm_address', 'reset_password', 'change_address')),
  token_hash text not null unique,
  code_hash text,
  address citext,
  tries int not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index one_time_tokens_account on one_time_tokens (account_id, purpose);

create table role_grants (
  id bigint generated always as identity primary key,
  person_id bigint not null references people,
  role text not null check (role in ('administrator', 'director', 'coordinator', 'content_editor', 'translator',
    'librarian', 'trainer', 'assessor', 'focal_point', 'learner', 'partner')),
  scope_kind text not null check (scope_kind in ('center', 'state', 'training', 'partner')),
  scope_id text not null default '',
  valid_from timestamptz not null,
  valid_to timestamptz,
  mandate text,
  granted_by bigint references people,
  check ((role = 'focal_point') = (scope_kind = 'state')),
  check ((role = 'partner') = (scope_kind = 'partner')),
  check ((scope_kind = 'center') = (scope_id = '')),
  check (scope_kind <> 'training' or role in ('trainer', 'assessor', 'coordinator', 'translator')),
  check (valid_to is null or valid_to > valid_from)
);
create index role_grants_person on role_grants (person_id);

create table consents (
  id bigint generated always as identity primary key,
  person_id bigint not null references people,
  purpose text not null,
  wording_version int not null,
  given_at timestamptz not null,
  withdrawn_at timestamptz
);
create index consents_person on consents (person_id);

create table rate_limits (
  key varchar(255) primary key,
  points int not null default 0,
  expire bigint
);
