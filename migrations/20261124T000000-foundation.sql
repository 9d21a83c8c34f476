-- What every table below leans on: extensions, and two triggers that keep facts as they were written.
create extension if not exists btree_gist;
create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists citext;

create function folded(value text) returns text
  language sql immutable strict parallel safe
  as $$ select lower(public.unaccent('public.unaccent'::regdictionary, value)) $$;

-- A published row never changes; what may still change is named by the trigger's arguments.
create function keep_published() returns trigger language plpgsql as $$
declare
  free text[] := coalesce(tg_argv[0]::text[], '{}');
begin
  if old.published_at is null then
    return case when tg_op = 'DELETE' then old else new end;
  end if;
  if tg_op = 'DELETE' or (to_jsonb(new) - free) is distinct from (to_jsonb(old) - free) then
    raise exception 'a published % does not change', tg_table_name using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;

create function append_only() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;

create table settings (
  key text primary key,
  value jsonb not null,
  changed_by bigint,
  changed_at timestamptz not null
);
