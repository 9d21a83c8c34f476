-- Assignments: an assessment of a course version that people mark with a rubric. The rubric engine (rubrics, marks)
-- knows nothing of assignments: a mark has a subject of some kind.

create table rubrics (
  id bigint generated always as identity primary key,
  code text not null unique
);

create table rubric_versions (
  id bigint generated always as identity primary key,
  rubric_id bigint not null references rubrics,
  number int not null,
  -- [{ id, weight, title, levels: [{ points, text }] }]: weights add up to 100, levels go from the lowest up
  criteria jsonb not null,
  content_hash text not null,
  published_at timestamptz,
  unique (rubric_id, number)
);
create trigger rubric_versions_keep before update or delete on rubric_versions
  for each row execute function keep_published();

alter table assessments
  drop constraint assessments_kind_check,
  add constraint assessments_kind_check check (kind in ('test', 'assignment')),
  alter blueprint drop not null,
  alter per_page drop not null,
  alter feedback drop not null,
  add rubric_version_id bigint references rubric_versions,
  -- Of an assignment: `attempts` are its rounds; two markers judge apart; markers see no names before release.
  add markers int check (markers in (1, 2)),
  add anonymous boolean,
  -- Handed in so many days after the last day of the training, where the training says nothing else.
  add due_days int check (due_days >= 0),
  -- Days for another round after it was returned.
  add round_days int check (round_days > 0),
  -- Trainings of these formats have the assignment; others of the same course do without.
  add formats text[],
  add constraint assessments_whole check (
    case kind when 'test' then num_nonnulls(blueprint, per_page, feedback) = 3 and rubric_version_id is null
    else num_nonnulls(rubric_version_id, markers, anonymous, due_days, round_days, formats) = 6 end);

alter table texts
  drop constraint texts_owner_kind_check,
  add constraint texts_owner_kind_check check (owner_kind in ('lesson_version', 'assessment'));

-- What one training says about its assignment: a wall time in its own zone.
create table assignment_dates (
  training_id bigint primary key references trainings,
  due_wall timestamp not null,
  by_id bigint references people,
  at timestamptz not null
);

-- More time for one person; the latest of all that were given counts.
create table extensions (
  id bigint generated always as identity primary key,
  enrollment_id bigint not null references enrollments on delete cascade,
  assessment_id bigint not null references assessments on delete cascade,
  due_wall timestamp not null,
  reason text not null,
  by_id bigint references people,
  at timestamptz not null
);
create index extensions_enrollment on extensions (enrollment_id);

create table submissions (
  id bigint generated always as identity primary key,
  enrollment_id bigint not null references enrollments on delete cascade,
  assessment_id bigint not null references assessments,
  round int not null check (round > 0),
  status text not null default 'draft' check (status in ('draft', 'handed_in', 'returned', 'accepted')),
  body text not null default '',
  -- In which language the work is written.
  language text not null,
  saved_at timestamptz not null,
  -- Counts the savings, so that an older page does not write over a newer one unseen.
  revision int not null default 0,
  handed_in_at timestamptz,
  receipt text,
  -- Until when this round may be handed in, where it is a later one.
  due_wall timestamp,
  returned_at timestamptz,
  returned_comment text,
  unique (enrollment_id, assessment_id, round),
  check ((status = 'draft') = (handed_in_at is null)),
  check ((status = 'returned') = (returned_at is not null))
);
create unique index submissions_live on submissions (enrollment_id, assessment_id)
  where status in ('draft', 'handed_in', 'accepted');
create index submissions_waiting on submissions (assessment_id, handed_in_at) where status = 'handed_in';

-- Who marks whose work: given by the Center; without an entry any marker of the training may take it.
create table allocations (
  enrollment_id bigint not null references enrollments on delete cascade,
  assessment_id bigint not null references assessments,
  part text not null check (part in ('first', 'second')),
  marker_id bigint not null references people,
  by_id bigint references people,
  at timestamptz not null,
  primary key (enrollment_id, assessment_id, part),
  unique (enrollment_id, assessment_id, marker_id)
);
create index allocations_marker on allocations (marker_id);

-- One assessor's judgment of one subject. `levels`: criterion id to place of the level, from 0.
create table marks (
  id bigint generated always as identity primary key,
  subject_kind text not null check (subject_kind in ('submission')),
  subject_id bigint not null,
  marker_id bigint not null references people,
  part text not null check (part in ('first', 'second', 'agreed', 'observer')),
  levels jsonb not null default '{}',
  comment text not null default '',
  saved_at timestamptz not null,
  final_at timestamptz,
  unique (subject_kind, subject_id, marker_id, part)
);
create unique index marks_part on marks (subject_kind, subject_id, part) where part <> 'observer';
create index marks_marker on marks (marker_id);

create table comment_bank (
  id bigint generated always as identity primary key,
  person_id bigint not null references people,
  text text not null check (char_length(text) between 1 and 2000),
  created_at timestamptz not null,
  unique (person_id, text)
);

-- What a learner was told, line after line: the first release, then every change with its reason. Never changed.
create table grade_releases (
  id bigint generated always as identity primary key,
  enrollment_id bigint not null references enrollments on delete cascade,
  assessment_id bigint not null references assessments,
  submission_id bigint not null references submissions,
  points numeric(8, 3) not null,
  max_points numeric(8, 3) not null,
  percent numeric(5, 2) not null,
  -- [{ criterion, level, points }]: the level may lie between two, where two markers did.
  levels jsonb not null,
  comments jsonb not null,
  reason text,
  by_id bigint references people,
  at timestamptz not null
);
create index grade_releases_enrollment on grade_releases (enrollment_id, assessment_id, id);
create index grade_releases_submission on grade_releases (submission_id);

-- A grade follows from an attempt of a test or from a submission.
alter table grades
  alter computed_from drop not null,
  add submission_id bigint references submissions,
  add constraint grades_source check (num_nonnulls(computed_from, submission_id) = 1);
create index grades_submission on grades (submission_id) where submission_id is not null;
