-- Rows looked up from the other side, and a list of words that was open.
create index attempts_enrollment on attempts (enrollment_id);
create index form_receipts_training on form_receipts (training_id);
create index form_receipts_person on form_receipts (person_id);
alter table enrollments add constraint enrollments_sex_check check (sex in ('woman', 'man', 'other', 'not_stated'));
