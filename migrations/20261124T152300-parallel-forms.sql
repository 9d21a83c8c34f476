-- Before and after a training the same is asked by two forms that are equal in counts: no pass mark, no certificate.
alter table assessments
  drop constraint assessments_kind_check,
  add constraint assessments_kind_check check (kind in ('test', 'assignment', 'pre', 'post')),
  alter pass_percent drop not null,
  drop constraint assessments_whole,
  add constraint assessments_whole check (
    case when kind = 'test' then num_nonnulls(blueprint, per_page, feedback, pass_percent) = 4 and rubric_version_id is null
    when kind in ('pre', 'post') then num_nonnulls(blueprint, per_page, feedback) = 3
      and num_nonnulls(pass_percent, rubric_version_id) = 0
    else num_nonnulls(rubric_version_id, markers, anonymous, due_days, round_days, formats, pass_percent) = 7 end);
create unique index assessments_measures on assessments (course_version_id, kind) where kind in ('pre', 'post');

-- The two forms of one training, drawn once: how many people got which before they were swapped.
create table parallel_forms (
  training_id bigint primary key references trainings on delete cascade,
  seed text not null,
  drawn_at timestamptz not null,
  a int not null default 0,
  b int not null default 0
);
create table parallel_form_items (
  training_id bigint not null references parallel_forms on delete cascade,
  form text not null check (form in ('A', 'B')),
  position int not null,
  item_version_id bigint not null references item_versions,
  primary key (training_id, form, position),
  unique (training_id, item_version_id)
);
alter table attempts add column form text check (form in ('A', 'B'));
