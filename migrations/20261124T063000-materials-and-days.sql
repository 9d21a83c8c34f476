-- Materials stay for a while after they are removed, and outlive a session that was only planned.
alter table materials
  add removed_at timestamptz,
  add removed_by bigint references people,
  drop constraint materials_session_id_fkey,
  add constraint materials_session_id_fkey foreign key (session_id) references sessions on delete set null;
create index materials_removed on materials (removed_at) where removed_at is not null;
create index materials_file on materials (file_id);
create index files_content on files (sha256);

-- Participants are asked for two minutes at the end of each day.
alter table trainings add asks_daily boolean not null default true;

-- A form of a day says which day of the training it judges, in the receipt and in the response: it is what the questions
-- are about. Who sent it and what was said still have no key, order or time in common.
alter table form_receipts
  add training_day date,
  drop constraint form_receipts_pkey;
alter table form_responses add training_day date;
create unique index form_receipts_whole on form_receipts (form_version_id, training_id, person_id) where training_day is null;
create unique index form_receipts_daily on form_receipts (training_id, person_id, training_day) where training_day is not null;
create index form_responses_day on form_responses (training_id, training_day) where training_day is not null;
