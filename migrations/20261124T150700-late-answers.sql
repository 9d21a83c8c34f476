-- Answers given before the deadline may still arrive until late_until; the attempt is closed after that.
alter table attempts add column late_until timestamptz;
update attempts set late_until = deadline_at + interval '15 minutes';
alter table attempts add constraint attempts_late_check check ((deadline_at is null) = (late_until is null));
drop index attempts_deadline;
create index attempts_late on attempts (late_until) where handed_in_at is null;

-- Seconds the platform was away while the attempt ran: they stand in its deadline.
alter table attempts add column given_back int not null default 0 check (given_back >= 0);

-- When the platform last said that it was at work: one row.
create table heartbeats (
  name text primary key,
  at timestamptz not null
);
