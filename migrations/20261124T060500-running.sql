-- Who runs trainings, under which project, and who signs their certificates.

alter table projects
  add targets jsonb check (targets ?& array['en', 'ru']),
  add logo_id bigint references files;

-- Own logos of a training, ids of files in their order; null: those of the Center.
alter table trainings add logos jsonb;

create index projects_logo on projects (logo_id);
create index role_grants_training on role_grants (scope_id, role) where scope_kind = 'training';

-- What waits for the Center is found without reading what is done: the cost does not grow with the people.
create index trainings_live on trainings (starts_on) where status in ('draft', 'published', 'running', 'postponed');
create index enrollments_requested on enrollments (training_id, created_at) where status = 'requested';
create index enrollments_in_line on enrollments (training_id) where status = 'waiting';
create index mails_queue on mails (created_at)
  where sent_at is null and failed_at is null and kept_at is null and not digest;

-- Set when the first certificate of an enrollment is issued.
alter table enrollments add certified_at timestamptz;
update enrollments e set certified_at = c.at
  from (select person_id, training_id, min(issued_at) as at from certificates group by 1, 2) c
  where c.person_id = e.person_id and c.training_id = e.training_id;
create index enrollments_to_certify on enrollments (training_id, eligible_at)
  where eligible_at is not null and certified_at is null and status = 'enrolled';
