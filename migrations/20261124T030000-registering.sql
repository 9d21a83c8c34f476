-- Each one-time link confirms exactly what was typed with it: who registers an address of somebody else before them
-- gives that person neither a password nor a name.
alter table one_time_tokens add column registration jsonb;
create index one_time_tokens_address on one_time_tokens (address, purpose) where used_at is null;

-- Finding a person by a piece of any of their names or of their address. The Latin name has its index already.
create index people_other_names on people
  using gin (folded(coalesce(name_cyrillic, '') || ' ' || coalesce(name_own, '')) gin_trgm_ops);
create index accounts_email_part on accounts using gin (lower(email::text) gin_trgm_ops);
create index people_erasure_asked on people (erasure_asked_at) where erasure_asked_at is not null and erased_at is null;
create index accounts_unconfirmed on accounts (created_at) where verified_at is null;
