-- Whom a focal point proposes is an address, not a person: a proposal does not tell who is registered.
alter table handovers
  drop column successor_id,
  add column address text not null;
