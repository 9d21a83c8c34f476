-- What one training sets for its test beside the rules of the course version, which never change.
create table test_settings (
  training_id bigint not null references trainings on delete cascade,
  assessment_id bigint not null references assessments,
  opens_at timestamptz,
  closes_at timestamptz,
  -- Hours between two attempts.
  wait_hours int check (wait_hours between 1 and 720),
  access_code text,
  feedback text check (feedback in ('after_attempt', 'after_closing', 'never')),
  by_id bigint references people,
  at timestamptz not null,
  primary key (training_id, assessment_id),
  check (closes_at > opens_at)
);

-- What is different for one person, and why.
create table test_adjustments (
  enrollment_id bigint not null references enrollments on delete cascade,
  assessment_id bigint not null references assessments,
  extra_attempts int not null default 0 check (extra_attempts between 0 and 20),
  extra_percent int not null default 0 check (extra_percent between 0 and 300),
  extra_minutes int not null default 0 check (extra_minutes between 0 and 600),
  opens_at timestamptz,
  closes_at timestamptz,
  reason text not null,
  by_id bigint references people,
  at timestamptz not null,
  primary key (enrollment_id, assessment_id),
  check (closes_at > opens_at)
);

alter table assessments drop constraint if exists assessments_feedback_check;
alter table assessments add constraint assessments_feedback_check
  check (feedback in ('after_attempt', 'after_closing', 'never'));
