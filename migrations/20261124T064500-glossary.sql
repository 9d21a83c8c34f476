-- Terms of the curriculum, in both working languages, each with the sources behind its meaning. They have no versions:
-- lessons of every version link to the meaning that holds today.
create table glossary_terms (
  id text primary key,
  term jsonb not null check (term ?& array['en', 'ru']),
  meaning jsonb not null check (meaning ?& array['en', 'ru']),
  source_ids text[] not null check (cardinality(source_ids) > 0),
  ru_reviewed boolean not null default false
);
