create table attempts (
  id bigint generated always as identity primary key,
  assessment_id bigint not null references assessments,
  enrollment_id bigint not null references enrollments,
  number int not null,
  seed text not null,
  started_at timestamptz not null,
  deadline_at timestamptz,
  handed_in_at timestamptz,
  -- 'learner' handed in, or 'time': the deadline passed.
  closed_by text check (closed_by in ('learner', 'time')),
  points numeric(8, 3),
  max_points numeric(8, 3),
  percent numeric(5, 2),
  receipt text,
  unique (assessment_id, enrollment_id, number),
  check ((handed_in_at is null) = (closed_by is null))
);
create unique index attempts_open on attempts (assessment_id, enrollment_id) where handed_in_at is null;
create index attempts_deadline on attempts (deadline_at) where handed_in_at is null;

create table attempt_items (
  attempt_id bigint not null references attempts on delete cascade,
  position int not null,
  item_version_id bigint not null references item_versions,
  primary key (attempt_id, position),
  unique (attempt_id, item_version_id)
);

-- Every save is kept; the last one by (device, counter), between devices by arrival, counts.
create table answers (
  id bigint generated always as identity primary key,
  attempt_id bigint not null references attempts on delete cascade,
  item_version_id bigint not null references item_versions,
  device text not null,
  counter bigint not null,
  value jsonb not null,
  language text not null,
  given_ms bigint,
  received_at timestamptz not null,
  unique (attempt_id, item_version_id, device, counter)
);

create table grades (
  enrollment_id bigint not null references enrollments on delete cascade,
  assessment_id bigint not null references assessments,
  points numeric(8, 3) not null,
  max_points numeric(8, 3) not null,
  percent numeric(5, 2) not null,
  computed_from bigint not null references attempts,
  released_at timestamptz not null,
  primary key (enrollment_id, assessment_id)
);
