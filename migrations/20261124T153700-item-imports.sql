-- A file of questions between its upload and its use: gone when it is used, and after a day in any case.
create table item_imports (
  id bigint generated always as identity primary key,
  file_name text not null,
  items jsonb not null,
  remarks jsonb not null,
  by_id bigint not null references people,
  at timestamptz not null
);
