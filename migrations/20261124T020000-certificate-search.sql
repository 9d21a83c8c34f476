-- Staff find an issued certificate by any of its names, among a hundred thousand.
create function certificate_names(latin text, cyrillic text, own text) returns text
  language sql immutable parallel safe
  as $$ select public.folded(coalesce(latin, '') || ' | ' || coalesce(cyrillic, '') || ' | ' || coalesce(own, '')) $$;

-- What was typed, as a LIKE pattern means it literally.
create function certificate_search(typed text) returns text
  language sql immutable strict parallel safe
  as $$ select regexp_replace(public.folded(typed), '([\\%_])', '\\\1', 'g') $$;

create index certificate_holders_names on certificate_holders
  using gin (certificate_names(name_latin, name_cyrillic, name_own) gin_trgm_ops);

-- "Has none yet" is asked of a person and a training.
create index certificates_person_training on certificates (person_id, training_id);
