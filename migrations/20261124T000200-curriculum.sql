create table themes (
  code text primary key,
  position int not null,
  name jsonb not null check (name ?& array['en', 'ru'])
);

create table sources (
  id text primary key,
  title jsonb not null check (title ?& array['en', 'ru']),
  publisher jsonb not null check (publisher ?& array['en', 'ru']),
  dated text not null,
  address text not null,
  checked_on date not null
);

create table modules (
  id bigint generated always as identity primary key,
  code text not null unique,
  position int not null
);

create table module_versions (
  id bigint generated always as identity primary key,
  module_id bigint not null references modules,
  major int not null,
  minor int not null,
  theme text not null references themes,
  level text not null check (level in ('foundation', 'intermediate', 'advanced')),
  hours int not null,
  hours_split jsonb not null,
  title jsonb not null,
  aim jsonb not null,
  audience jsonb not null,
  assessment_summary jsonb not null,
  ru_reviewed boolean not null default false,
  content_hash text not null,
  origin text not null default 'file' check (origin in ('file', 'platform')),
  proposed_at timestamptz not null,
  published_at timestamptz,
  unique (module_id, major, minor),
  check (published_at is null or (title ?& array['en', 'ru'] and aim ?& array['en', 'ru'] and audience ?& array['en', 'ru']))
);
create trigger module_versions_keep before update or delete on module_versions
  for each row execute function keep_published();

create table outcomes (
  id bigint generated always as identity primary key,
  module_version_id bigint not null references module_versions on delete cascade,
  code text not null,
  position int not null,
  level text not null,
  text jsonb not null check (text ?& array['en', 'ru']),
  unique (module_version_id, code)
);

create table lessons (
  id bigint generated always as identity primary key,
  module_id bigint not null references modules,
  code text not null unique
);

create table lesson_versions (
  id bigint generated always as identity primary key,
  module_version_id bigint not null references module_versions on delete cascade,
  lesson_id bigint not null references lessons,
  position int not null,
  title jsonb not null check (title ?& array['en', 'ru']),
  hours int not null,
  minutes int,
  written boolean not null default false,
  further text[] not null default '{}',
  unique (module_version_id, lesson_id)
);

-- Long texts: one row per owner, field and language. `html` is the body rendered once, when the version was made.
create table texts (
  id bigint generated always as identity primary key,
  owner_kind text not null check (owner_kind in ('lesson_version')),
  owner_id bigint not null,
  field text not null,
  language text not null,
  body text not null,
  html text not null,
  source_ids text[] not null default '{}',
  status text not null default 'not_reviewed' check (status in ('source', 'not_reviewed', 'reviewed')),
  source_hash text,
  origin text not null default 'file' check (origin in ('file', 'platform')),
  reviewer_id bigint references people,
  unique (owner_kind, owner_id, field, language)
);

create table items (
  id bigint generated always as identity primary key,
  module_id bigint not null references modules,
  code text not null unique
);

create table item_versions (
  id bigint generated always as identity primary key,
  item_id bigint not null references items,
  number int not null,
  outcome_code text not null,
  difficulty text not null check (difficulty in ('easy', 'medium', 'hard')),
  type text not null check (type in ('single', 'multiple', 'true_false')),
  prompt jsonb not null check (prompt ?& array['en', 'ru']),
  options jsonb not null,
  source_ids text[] not null default '{}',
  status text not null check (status in ('draft', 'in_use', 'retired')),
  content_hash text not null,
  origin text not null default 'file' check (origin in ('file', 'platform')),
  created_at timestamptz not null,
  unique (item_id, number)
);
create unique index item_versions_in_use on item_versions (item_id) where status = 'in_use';

create table courses (
  id bigint generated always as identity primary key,
  code text not null unique,
  kind text not null check (kind in ('module', 'composed', 'agenda', 'tot')),
  module_id bigint references modules,
  position int not null default 1000
);

create table course_versions (
  id bigint generated always as identity primary key,
  course_id bigint not null references courses,
  major int not null,
  minor int not null,
  module_version_id bigint references module_versions,
  theme text not null references themes,
  level text not null check (level in ('foundation', 'intermediate', 'advanced')),
  hours int not null,
  title jsonb not null,
  aim jsonb not null,
  audience jsonb not null,
  -- { kind: 'achievement' | 'attendance', pass_percent, evaluation: bool }: what the certificate asks for
  rules jsonb not null,
  proposed_at timestamptz not null,
  published_at timestamptz,
  unique (course_id, major, minor),
  check (published_at is null or (title ?& array['en', 'ru'] and aim ?& array['en', 'ru'] and audience ?& array['en', 'ru']))
);
create trigger course_versions_keep before update or delete on course_versions
  for each row execute function keep_published();

create table prerequisites (
  course_id bigint not null references courses,
  requires_id bigint not null references courses,
  primary key (course_id, requires_id),
  check (course_id <> requires_id)
);

create table assessments (
  id bigint generated always as identity primary key,
  course_version_id bigint not null references course_versions on delete cascade,
  kind text not null check (kind in ('test')),
  title jsonb not null check (title ?& array['en', 'ru']),
  blueprint jsonb not null,
  pass_percent int not null check (pass_percent between 1 and 100),
  attempts int not null check (attempts > 0),
  minutes int check (minutes > 0),
  per_page int not null check (per_page > 0),
  feedback text not null check (feedback in ('after_attempt', 'never'))
);

create table forms (
  id bigint generated always as identity primary key,
  code text not null unique
);

create table form_versions (
  id bigint generated always as identity primary key,
  form_id bigint not null references forms,
  number int not null,
  anonymous boolean not null,
  title jsonb not null check (title ?& array['en', 'ru']),
  intro jsonb not null check (intro ?& array['en', 'ru']),
  questions jsonb not null,
  content_hash text not null,
  published_at timestamptz,
  unique (form_id, number)
);
create trigger form_versions_keep before update or delete on form_versions
  for each row execute function keep_published();

create table course_parts (
  id bigint generated always as identity primary key,
  course_version_id bigint not null references course_versions on delete cascade,
  position int not null,
  kind text not null check (kind in ('lesson', 'assessment', 'form')),
  lesson_version_id bigint references lesson_versions,
  assessment_id bigint references assessments,
  form_version_id bigint references form_versions,
  mandatory boolean not null default true,
  unique (course_version_id, position),
  check (num_nonnulls(lesson_version_id, assessment_id, form_version_id) = 1),
  check ((kind = 'lesson') = (lesson_version_id is not null) and (kind = 'assessment') = (assessment_id is not null))
);
