-- Essays in tests are marked by people, by the engine of rubrics: the subject of a mark is the answer that counts.
alter table marks
  drop constraint marks_subject_kind_check,
  add constraint marks_subject_kind_check check (subject_kind in ('submission', 'answer'));

-- An attempt that was handed in has no result until people have marked what only they can.
alter table attempts add constraint attempts_result_check
  check (num_nonnulls(points, max_points, percent) in (0, 3) and (percent is null or handed_in_at is not null));
create index attempts_unmarked on attempts (handed_in_at) where handed_in_at is not null and percent is null;

-- Marks changed after the result was told: what was, what is, and why the learner was told it changed.
create table mark_changes (
  id bigint generated always as identity primary key,
  mark_id bigint not null references marks,
  attempt_id bigint not null references attempts on delete cascade,
  levels_before jsonb not null,
  comment_before text not null,
  levels_after jsonb not null,
  comment_after text not null,
  percent_before numeric(5, 2) not null,
  percent_after numeric(5, 2) not null,
  reason text not null,
  by_id bigint references people,
  at timestamptz not null
);
create index mark_changes_attempt on mark_changes (attempt_id);
create index mark_changes_mark on mark_changes (mark_id);
