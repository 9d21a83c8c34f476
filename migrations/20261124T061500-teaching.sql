-- What a learner tells the trainers of a training with sessions, of their own free will.
alter table enrollments
  add level text check (level in ('new', 'some', 'daily')),
  add expectations text check (char_length(expectations) <= 300);

-- A contribution is certified to those who taught: it hangs on a training, never on an enrollment.
alter table certificates drop constraint certificates_kind_check;
alter table certificates
  add constraint certificates_kind_check check (kind in ('attendance', 'achievement', 'contribution')),
  add constraint certificates_contribution check (kind <> 'contribution' or enrollment_id is null);
