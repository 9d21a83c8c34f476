-- Who brings a piece of the curriculum into Russian, or reads its Russian against the English, and by when.
create table translation_tasks (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('lesson', 'card', 'assignment')),
  -- The lesson's code; of a card or an assignment, the module's.
  code text not null,
  work text not null check (work in ('translation', 'review')),
  person_id bigint not null references people,
  due_on date not null,
  given_by bigint not null references people,
  given_at timestamptz not null,
  ended_at timestamptz
);
create unique index translation_tasks_live on translation_tasks (kind, code, work) where ended_at is null;
create index translation_tasks_due on translation_tasks (due_on) where ended_at is null;
create index translation_tasks_person on translation_tasks (person_id);
create index translation_tasks_giver on translation_tasks (given_by);
