create table certificates (
  id bigint generated always as identity primary key,
  code text not null unique,
  kind text not null check (kind in ('attendance', 'achievement')),
  person_id bigint references people,
  training_id bigint references trainings,
  enrollment_id bigint references enrollments,
  -- What the paper says, without the name: titles, hours, dates, signatories, logos.
  snapshot jsonb not null,
  valid_until date,
  issued_at timestamptz not null,
  issued_by bigint not null references people,
  revoked_at timestamptz,
  revoked_by bigint references people,
  revoked_reason text,
  replaces_id bigint unique references certificates,
  replaced_at timestamptz,
  check ((revoked_at is null) = (revoked_reason is null))
);
create unique index certificates_live on certificates (person_id, training_id, kind)
  where revoked_at is null and replaced_at is null;
create index certificates_person on certificates (person_id);
create index certificates_training on certificates (training_id);

-- The holder's names stand apart so that erasure can take them and leave the proof.
create table certificate_holders (
  certificate_id bigint primary key references certificates on delete cascade,
  name_latin text,
  name_cyrillic text,
  name_own text,
  name_own_script text,
  name_hash text not null
);
