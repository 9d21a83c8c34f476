-- The list of certificates to issue is read from the one that waits longest.
drop index enrollments_to_certify;
create index enrollments_to_certify on enrollments (eligible_at)
  where eligible_at is not null and certified_at is null and status = 'enrolled';
