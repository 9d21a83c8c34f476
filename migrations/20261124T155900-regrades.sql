-- What became of a version of a question after it had been asked: its answers count for nothing, or by the key of a later
-- version, or as it was asked. The last line of a version holds.
create table regrades (
  id bigint generated always as identity primary key,
  item_version_id bigint not null references item_versions,
  act text not null check (act in ('drop', 'correct', 'restore')),
  key_version_id bigint references item_versions,
  reason text not null,
  by_id bigint references people,
  at timestamptz not null,
  check ((act = 'correct') = (key_version_id is not null))
);
create index regrades_version on regrades (item_version_id, id desc);

-- The results it changed, as they were before and after.
create table regraded_attempts (
  regrade_id bigint not null references regrades,
  attempt_id bigint not null references attempts on delete cascade,
  points_before numeric(8, 3) not null,
  max_before numeric(8, 3) not null,
  percent_before numeric(5, 2) not null,
  points_after numeric(8, 3) not null,
  max_after numeric(8, 3) not null,
  percent_after numeric(5, 2) not null,
  primary key (regrade_id, attempt_id)
);
create index regraded_attempts_attempt on regraded_attempts (attempt_id);
