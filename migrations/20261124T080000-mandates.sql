-- Who stands for a State: in which part, by which letter; and who hands over to whom.
alter table role_grants
  add part text check (part in ('main', 'deputy', 'agency')),
  add letter_id bigint references files,
  add agency text;
create index role_grants_letter on role_grants (letter_id) where letter_id is not null;

-- Of those who stand for a State already, the first named is the main one.
update role_grants g set part = case when g.id = (select min(f.id) from role_grants f
    where f.role = 'focal_point' and f.scope_id = g.scope_id and f.valid_to is null) then 'main' else 'agency' end
  where role = 'focal_point';

alter table role_grants
  add constraint role_grants_part check ((part is not null) = (role = 'focal_point')),
  -- One main focal point and one deputy of a State at a time; agencies may have deputies of their own.
  add constraint role_grants_one_of_each exclude using gist
    (scope_id with =, part with =, tstzrange(valid_from, valid_to) with &&) where (part in ('main', 'deputy'));
create index role_grants_state on role_grants (scope_id) where role = 'focal_point';

create table handovers (
  id bigint generated always as identity primary key,
  grant_id bigint not null references role_grants,
  successor_id bigint not null references people,
  note text,
  proposed_by bigint not null references people,
  proposed_at timestamptz not null,
  settled_by bigint references people,
  settled_at timestamptz,
  outcome text check (outcome in ('done', 'dropped')),
  check ((outcome is null) = (settled_at is null))
);
create unique index handovers_open on handovers (grant_id) where outcome is null;
create index handovers_grant on handovers (grant_id);
create index handovers_successor on handovers (successor_id);

-- In whose name somebody looked: a State reads who of its own looked at whom.
alter table access_entries add state char(2) references states check (state ~ '^[A-Z]{2}$');
create index access_entries_state on access_entries (state, id) where state is not null;
create index people_seen_by_state on people (country) where ministry_may_see;
