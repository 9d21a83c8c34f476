-- An offer that was let pass: the person stays known as waiting, but is not asked again by itself.
alter table enrollments add offer_passed_at timestamptz;
create index enrollments_offered on enrollments (offered_until) where offered_until is not null;
